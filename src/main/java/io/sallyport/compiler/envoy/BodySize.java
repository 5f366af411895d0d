package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.config.rbac.v3.Permission;
import io.envoyproxy.envoy.config.rbac.v3.Policy;
import io.envoyproxy.envoy.config.rbac.v3.Principal;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBACPerRoute;
import io.envoyproxy.envoy.type.v3.Int64Range;

/** Refuses requests that say to be larger than may be, as all do that were held until they were whole. */
final class BodySize {
    /** What refuses. */
    static final String REFUSAL = "sallyport/body-too-large";

    private static final String STATISTICS = "body.";

    private BodySize() {}

    static RBACPerRoute above(long bytes) {
        var rules = io.envoyproxy
                .envoy
                .config
                .rbac
                .v3
                .RBAC
                .newBuilder()
                .setAction(io.envoyproxy.envoy.config.rbac.v3.RBAC.Action.DENY)
                .putPolicies(
                        REFUSAL,
                        Policy.newBuilder()
                                .addPermissions(Permission.newBuilder().setHeader(length(bytes)))
                                .addPrincipals(Principal.newBuilder().setAny(true))
                                .build());
        return RBACPerRoute.newBuilder()
                .setRbac(RBAC.newBuilder().setRules(rules).setRulesStatPrefix(STATISTICS))
                .build();
    }

    private static HeaderMatcher length(long bytes) {
        return HeaderMatcher.newBuilder()
                .setName("content-length")
                .setRangeMatch(Int64Range.newBuilder().setStart(bytes + 1).setEnd(Long.MAX_VALUE))
                .build();
    }
}
