package io.sallyport.compiler.envoy;

import com.github.xds.type.matcher.v3.Matcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherList;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.FieldMatcher;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC;
import io.sallyport.domain.rule.Validity;
import io.sallyport.domain.security.TlsOrigination.Unverified;
import io.sallyport.domain.snapshot.Upstream;
import java.time.Instant;
import java.util.stream.Stream;

/**
 * The end of an exception from verification, in the cluster that it is about: from then on nothing is sent to whoever may
 * answer, until the gateway is told to verify. So one that is cut off refuses by itself.
 */
final class VerificationGuard {
    static final String NAME = "sallyport/verification";

    private VerificationGuard() {}

    /** At most one. */
    static Stream<RBAC> of(Upstream upstream) {
        return upstream.isOverTls()
                ? upstream.tls().unverified().stream().map(VerificationGuard::endingAt)
                : Stream.empty();
    }

    // What cannot be evaluated is taken for over.
    private static RBAC endingAt(Unverified exception) {
        var lasting = Predicates.evaluatesToTrue(
                TimeExpression.holds(new Validity(Instant.MIN, exception.until(), Validity.Passed.NONE)));
        var over = FieldMatcher.newBuilder()
                .setPredicate(Predicates.not(lasting))
                .setOnMatch(Decision.EXCEPTION_OVER.onMatch());
        return RBAC.newBuilder()
                .setRulesStatPrefix("verification.")
                .setMatcher(Matcher.newBuilder()
                        .setMatcherList(MatcherList.newBuilder().addMatchers(over))
                        .setOnNoMatch(Decision.DEFAULT_ALLOW.onMatch()))
                .build();
    }
}
