package io.sallyport.compiler.explain;

import io.sallyport.domain.Destination.Resolution;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Question;
import io.sallyport.domain.decision.Reply;
import io.sallyport.domain.decision.Routing;
import io.sallyport.domain.decision.Ruling;
import io.sallyport.domain.decision.Verdict.Onward;
import io.sallyport.domain.decision.Verdict.Reason;
import io.sallyport.domain.gateway.Listener.Protocol;
import io.sallyport.domain.security.JwtProvider;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.Upstream;
import java.util.List;

/**
 * What the source of a request gets to see of a decision.
 *
 * @param ofHost whose tokens are taken for proof where the request is for
 */
record Replies(ListenerSnapshot listener, List<JwtProvider> ofHost, Question question) {
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;
    private static final int UNAVAILABLE = 503;

    /** To what goes no further than the gateway. */
    Reply to(Ruling refusal) {
        return isConnection() || refusal.reason() == Reason.HANDSHAKE
                ? new Reply.Closed()
                : new Reply.Status(status(refusal.reason()), refusal.reason().code());
    }

    /** To what leads to an upstream, and is allowed or refused on the way. */
    Reply to(Ruling ruling, Routing routing, Upstream upstream, Onward onward) {
        return ruling.allows() && !(question.approach() instanceof Approach.Tunnel)
                ? RoutedReply.to(routing).orElseGet(() -> to(ruling, upstream, onward))
                : to(ruling, upstream, onward);
    }

    private Reply to(Ruling ruling, Upstream upstream, Onward onward) {
        boolean isInspected = question.approach() instanceof Approach.Tunnel
                && onward.protocol().isReachableBySni();
        if (isInspected && wasAdmitted(ruling)) {
            return ruling.allows() && !onward.addresses().areNone()
                    ? new Reply.Status(OK, "")
                    : new Reply.OpenedThenClosed();
        }
        if (!ruling.allows()) {
            return to(ruling);
        }
        return onward.addresses().areNone() ? leadingNowhere(upstream) : passing();
    }

    private static boolean wasAdmitted(Ruling ruling) {
        return ruling.allows() || ruling.reason() == Reason.OTHER_NAME || ruling.reason() == Reason.ADDRESS_POLICY;
    }

    private Reply passing() {
        return question.approach() instanceof Approach.Tunnel ? new Reply.Status(OK, "") : new Reply.OfDestination();
    }

    private Reply leadingNowhere(Upstream upstream) {
        if (isConnection()) {
            return new Reply.Closed();
        }
        return new Reply.Status(UNAVAILABLE, isSetAside(upstream) ? "upstream-unavailable" : "upstream-dns");
    }

    // Where outliers are detected, Envoy does not tell endpoints that are unwell from none at all.
    private static boolean isSetAside(Upstream upstream) {
        return upstream.resolution() == Resolution.DNS
                && !upstream.settings().outlierDetection().isEmpty();
    }

    private boolean isConnection() {
        return switch (question.approach()) {
            case Approach.ClientHello hello -> true;
            case Approach.Connection connection -> true;
            case Approach.HttpRequest request -> false;
            case Approach.Tunnel tunnel -> false;
        };
    }

    private int status(Reason reason) {
        return switch (reason) {
            case INVALID_TOKEN -> isProxy() ? PROXY_AUTHENTICATION_REQUIRED : UNAUTHORIZED;
            case TOKEN_REQUIRED -> isProxy() ? PROXY_AUTHENTICATION_REQUIRED : UNAUTHORIZED;
            case AMBIGUOUS_PATH, AMBIGUOUS_METHOD -> BAD_REQUEST;
            case RULE, DEFAULT_DENY, AUTHORIZATION -> asksForToken() ? PROXY_AUTHENTICATION_REQUIRED : FORBIDDEN;
            case DEFAULT_ALLOW,
                    UNKNOWN_DESTINATION,
                    UNENFORCEABLE,
                    MALFORMED_HOST,
                    AMBIGUOUS_IDENTITY,
                    HANDSHAKE,
                    OTHER_NAME,
                    ADDRESS_POLICY,
                    EXCEPTION_OVER,
                    ROUTE_ESCAPES_RULES -> FORBIDDEN;
        };
    }

    // Rules may allow more to who proves who he is.
    private boolean asksForToken() {
        return isProxy()
                && !listener.listener().isMutual()
                && !(listener.jwt().isEmpty() && ofHost.isEmpty())
                && question.peer().token().stream().noneMatch(token -> SourceView.isSeen(token, ofHost));
    }

    private boolean isProxy() {
        return listener.listener().protocol() == Protocol.CONNECT;
    }
}
