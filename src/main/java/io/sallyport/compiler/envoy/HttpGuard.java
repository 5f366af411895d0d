package io.sallyport.compiler.envoy;

import com.github.xds.type.matcher.v3.Matcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherList;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.FieldMatcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate;
import com.github.xds.type.matcher.v3.StringMatcher;
import io.envoyproxy.envoy.config.route.v3.FilterConfig;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.HostPattern;
import java.util.ArrayList;
import java.util.List;

/** Refuses requests that could be read in two ways, before anything else reads them. */
final class HttpGuard {
    static final String NAME = "sallyport/guard";

    private static final FilterConfig WITHOUT =
            FilterConfig.newBuilder().setDisabled(true).build();
    private static final String STATISTICS = "guard.";
    private static final String LABEL = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";
    private static final String HOST = "(?i)" + LABEL + "(\\." + LABEL + ")*(:[0-9]{1,5})?";

    private HttpGuard() {}

    static RBAC of(Listener listener) {
        List<FieldMatcher> refusals = new ArrayList<>();
        refusals.add(refusal(hostIsMalformed(), Decision.MALFORMED_HOST));
        if (listener.isMutual()) {
            refusals.add(refusal(certificateNamesSeveral(), Decision.AMBIGUOUS_IDENTITY));
        }
        if (listener.protocol() == Listener.Protocol.HTTPS) {
            refusals.add(refusal(serverNameIsAnother(), Decision.OTHER_NAME));
        }
        return RBAC.newBuilder()
                .setMatcher(Matcher.newBuilder()
                        .setMatcherList(MatcherList.newBuilder().addAllMatchers(refusals))
                        .setOnNoMatch(Decision.DEFAULT_ALLOW.onMatch()))
                .setRulesStatPrefix(STATISTICS)
                .build();
    }

    /**
     * Whether it would pass all that comes for one host by the routes that {@link Authority} tells apart: it asks for nothing
     * but a host that is well written, and theirs is.
     */
    static boolean isIdleFor(Listener listener, HostPattern host) {
        return !host.isWildcard() && !listener.isMutual() && listener.protocol() != Listener.Protocol.HTTPS;
    }

    /** A route that it does not stand before. */
    static Route leftOut(Route route) {
        return route.toBuilder()
                .putTypedPerFilterConfig(NAME, Encoding.any(WITHOUT))
                .build();
    }

    private static FieldMatcher refusal(Predicate predicate, Decision decision) {
        return FieldMatcher.newBuilder()
                .setPredicate(predicate)
                .setOnMatch(decision.onMatch())
                .build();
    }

    // A host that routes and rules, or we and the upstream, could read differently.
    private static Predicate hostIsMalformed() {
        return Predicates.not(Predicates.value(Predicates.header(":authority"), Predicates.pattern(HOST)));
    }

    // An exact match would not see the one that it looks for beside another.
    private static Predicate certificateNamesSeveral() {
        return Predicates.value(CertificateNames.URI, StringMatcher.newBuilder().setContains(","));
    }

    // Also where it cannot be told.
    private static Predicate serverNameIsAnother() {
        return Predicates.not(Predicates.evaluatesToTrue(SameHost.holds()));
    }
}
