package io.sallyport.compiler.envoy;

import com.github.xds.type.matcher.v3.Matcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherList;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.FieldMatcher;
import com.github.xds.type.matcher.v3.RegexMatcher;
import com.github.xds.type.matcher.v3.StringMatcher;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC;

/** The access control filters of an HTTP listener. All write the deciding rule under one name; the last one stays. */
final class HttpAccess {
    static final String STATISTICS = "rules.";

    private static final String LABEL = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";
    private static final String HOST = "(?i)" + LABEL + "(\\." + LABEL + ")*(:[0-9]{1,5})?";

    private HttpAccess() {}

    static RBAC by(Matcher matcher) {
        return RBAC.newBuilder()
                .setMatcher(matcher)
                .setRulesStatPrefix(STATISTICS)
                .build();
    }

    static RBAC refuseAll() {
        return by(Decision.DEFAULT_DENY.always());
    }

    /** Refuses a host that routes and rules, or we and the upstream, could read differently. */
    static RBAC refuseMalformedHosts() {
        var wellFormed = StringMatcher.newBuilder()
                .setSafeRegex(RegexMatcher.newBuilder()
                        .setRegex(HOST)
                        .setGoogleRe2(RegexMatcher.GoogleRE2.getDefaultInstance()));
        var malformed = FieldMatcher.newBuilder()
                .setPredicate(Predicates.not(Predicates.value(Predicates.header(":authority"), wellFormed)))
                .setOnMatch(Decision.MALFORMED_HOST.onMatch());
        return by(Matcher.newBuilder()
                .setMatcherList(MatcherList.newBuilder().addMatchers(malformed))
                .setOnNoMatch(Decision.DEFAULT_ALLOW.onMatch())
                .build());
    }
}
