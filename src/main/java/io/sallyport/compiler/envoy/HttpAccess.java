package io.sallyport.compiler.envoy;

import com.github.xds.type.matcher.v3.Matcher;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC;

/** The access control filters that stand for rules: they write down which of them decided. */
final class HttpAccess {
    static final String STATISTICS = "rules.";
    static final String SHADOWS = "shadows.";

    private HttpAccess() {}

    static RBAC by(Matcher matcher) {
        return RBAC.newBuilder()
                .setMatcher(matcher)
                .setRulesStatPrefix(STATISTICS)
                .build();
    }

    /** The same with rules beside it that never decide. */
    static RBAC by(Matcher matcher, Matcher shadows) {
        return by(matcher).toBuilder()
                .setShadowMatcher(shadows)
                .setShadowRulesStatPrefix(SHADOWS)
                .build();
    }

    static RBAC refuseAll() {
        return by(Decision.DEFAULT_DENY.always());
    }
}
