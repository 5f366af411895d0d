package io.sallyport.compiler.envoy;

import com.google.api.expr.v1alpha1.Expr;
import io.envoyproxy.envoy.config.rbac.v3.Permission;
import io.envoyproxy.envoy.config.rbac.v3.Policy;
import io.envoyproxy.envoy.config.rbac.v3.Principal;
import io.envoyproxy.envoy.config.rbac.v3.RBAC.Action;
import io.envoyproxy.envoy.extensions.filters.network.rbac.v3.RBAC;

/**
 * Lets TLS through whose server name is the host of the tunnel's authority. TLS knows no server names that are addresses
 * (RFC 6066), so where the authority is one, TLS without a name is the same thing.
 */
final class InnerTruth {
    static final String STATISTICS = "inner.";

    /** As logs name what is cut. */
    static final String OTHER_NAME = "sallyport/other-name";

    private static final String IPV4 = "^[0-9]+[.][0-9]+[.][0-9]+[.][0-9]+$";

    private InnerTruth() {}

    // The condition is in the policy that allows: an error in it allows nothing. Its shadow gives the log a name.
    static RBAC filter() {
        return RBAC.newBuilder()
                .setStatPrefix("tunnel.")
                .setRules(rules(Action.ALLOW, "sallyport/same-name", isTrue()))
                .setShadowRules(rules(Action.DENY, OTHER_NAME, Cel.call("!_", isTrue())))
                .setShadowRulesStatPrefix(STATISTICS)
                .build();
    }

    private static io.envoyproxy.envoy.config.rbac.v3.RBAC rules(Action action, String name, Expr condition) {
        Policy policy = NewerFields.withTextFunctions(Policy.newBuilder()
                        .addPermissions(Permission.newBuilder().setAny(true))
                        .addPrincipals(Principal.newBuilder().setAny(true))
                        .setCondition(condition))
                .build();
        return io.envoyproxy
                .envoy
                .config
                .rbac
                .v3
                .RBAC
                .newBuilder()
                .setAction(action)
                .putPolicies(name, policy)
                .build();
    }

    private static Expr isTrue() {
        return Cel.call("_||_", namesTheHost(), isNamelessForAnAddress());
    }

    private static Expr namesTheHost() {
        return Cel.call("_==_", Cel.method(host(), "lowerAscii"), withoutDot(serverName()));
    }

    private static Expr isNamelessForAnAddress() {
        return Cel.call(
                "_&&_", Cel.call("_==_", serverName(), Cel.text("")), Cel.method(host(), "matches", Cel.text(IPV4)));
    }

    private static Expr withoutDot(Expr name) {
        return Cel.method(Cel.name("re"), "extract", name, Cel.text("^(.*[^.])[.]?$"), Cel.text("\\1"));
    }

    private static Expr host() {
        return Cel.call("string", Cel.call("_[_]", Cel.name("filter_state"), Cel.text(TunnelState.HOST)));
    }

    // In lower case, as the listener that reads it writes it.
    private static Expr serverName() {
        return Cel.field(Cel.name("connection"), "requested_server_name");
    }
}
