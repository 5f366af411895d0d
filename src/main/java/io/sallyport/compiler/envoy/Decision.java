package io.sallyport.compiler.envoy;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.Matcher;
import io.envoyproxy.envoy.config.rbac.v3.Action;
import io.envoyproxy.envoy.config.rbac.v3.RBAC;
import io.sallyport.domain.EgressGateway.DefaultAction;
import io.sallyport.domain.snapshot.Enforceability;
import io.sallyport.domain.snapshot.PortEntry;

/**
 * What an access control filter does, under the name that logs and refusals show. A name holds only letters, digits,
 * {@code _}, {@code /} and {@code -}: Envoy puts it into statistics and headers as it is.
 */
record Decision(String name, RBAC.Action action) {
    static final Decision DEFAULT_DENY = new Decision("sallyport/default-deny", RBAC.Action.DENY);
    static final Decision DEFAULT_ALLOW = new Decision("sallyport/default-allow", RBAC.Action.ALLOW);
    static final Decision UNKNOWN_DESTINATION = new Decision("sallyport/unknown-destination", RBAC.Action.DENY);
    static final Decision ADDRESS_POLICY = new Decision("sallyport/address-policy", RBAC.Action.DENY);
    static final Decision MALFORMED_HOST = new Decision("sallyport/malformed-host", RBAC.Action.DENY);
    static final Decision AMBIGUOUS_IDENTITY = new Decision("sallyport/ambiguous-identity", RBAC.Action.DENY);
    static final Decision AMBIGUOUS_PATH = new Decision("sallyport/ambiguous-path", RBAC.Action.DENY);
    static final Decision AMBIGUOUS_METHOD = new Decision("sallyport/ambiguous-method", RBAC.Action.DENY);
    static final Decision UNENFORCEABLE = new Decision(PortEntry.UNENFORCEABLE.toString(), RBAC.Action.DENY);
    static final Decision EXCEPTION_OVER = new Decision("sallyport/exception-over", RBAC.Action.DENY);
    static final Decision OTHER_NAME = new Decision(InnerTruth.OTHER_NAME, RBAC.Action.DENY);

    /** For a known host and port that no rule covers. */
    static Decision byDefault(DefaultAction action) {
        return switch (action) {
            case DENY -> DEFAULT_DENY;
            case ALLOW -> DEFAULT_ALLOW;
        };
    }

    /** The same at a port of which it may be that nothing can be allowed there. */
    static Decision byDefault(PortEntry port, DefaultAction action) {
        return port.enforceability() == Enforceability.NOWHERE ? byDefaultWithoutAllow(action) : byDefault(action);
    }

    /** The same where nothing can be allowed. */
    static Decision byDefaultWithoutAllow(DefaultAction action) {
        return switch (action) {
            case DENY -> DEFAULT_DENY;
            case ALLOW -> UNENFORCEABLE;
        };
    }

    /** For a known host at a port that its owner does not list. */
    static Decision ofUnlistedPort(DefaultAction action) {
        return switch (action) {
            case DENY -> DEFAULT_DENY;
            case ALLOW -> UNKNOWN_DESTINATION;
        };
    }

    boolean allows() {
        return action == RBAC.Action.ALLOW;
    }

    Matcher.OnMatch onMatch() {
        Action message = Action.newBuilder().setName(name).setAction(action).build();
        return Matcher.OnMatch.newBuilder()
                .setAction(TypedExtensionConfig.newBuilder().setName("decision").setTypedConfig(Encoding.any(message)))
                .build();
    }

    /** A matcher that decides so whatever comes. */
    Matcher always() {
        return Matcher.newBuilder().setOnNoMatch(onMatch()).build();
    }
}
