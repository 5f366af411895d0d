package io.sallyport.compiler.envoy;

import dev.cel.expr.Expr;
import dev.cel.expr.ParsedExpr;

/**
 * Whether the server name of a connection, where it has one, is the host of a request: in any case, whatever the port.
 * For hosts that are well-formed.
 */
final class SameHost {
    private static final String NAME = "^([a-z0-9.-]*[a-z0-9-])[.]?$";
    private static final String AUTHORITY = "^([a-zA-Z0-9.-]+)(:[0-9]+)?$";
    private static final String FIRST = "\\1";

    // There is no function for lower case. As patterns that ignore it, two names match each other only where they are
    // equal: the one letter in them that stands for others, the dot, would have to stand at the same place in both.
    private static final String AS_PATTERN = "(?i)^\\1$";

    private final ParsedCel cel = new ParsedCel();

    private SameHost() {}

    static ParsedExpr holds() {
        return ParsedCel.parsed(new SameHost().expression());
    }

    private Expr expression() {
        Expr nameless = cel.call("_==_", serverName(), cel.text(""));
        Expr equal = cel.call("_==_", extracted(serverName(), NAME, FIRST), extracted(host(), AUTHORITY, FIRST));
        return either(nameless, either(equal, equalButForCase()));
    }

    private Expr equalButForCase() {
        Expr hostIsName =
                cel.callOn(extracted(host(), AUTHORITY, FIRST), "matches", extracted(serverName(), NAME, AS_PATTERN));
        Expr nameIsHost =
                cel.callOn(extracted(serverName(), NAME, FIRST), "matches", extracted(host(), AUTHORITY, AS_PATTERN));
        return cel.call("_&&_", hostIsName, nameIsHost);
    }

    private Expr either(Expr left, Expr right) {
        return cel.call("_||_", left, right);
    }

    private Expr extracted(Expr text, String pattern, String rewrite) {
        return cel.callOn(cel.identifier("re"), "extract", text, cel.text(pattern), cel.text(rewrite));
    }

    private Expr serverName() {
        return cel.attribute("connection", "requested_server_name");
    }

    private Expr host() {
        return cel.attribute("request", "host");
    }
}
