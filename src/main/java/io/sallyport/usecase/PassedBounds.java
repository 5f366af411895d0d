package io.sallyport.usecase;

import io.sallyport.domain.EgressRule;
import io.sallyport.domain.Resource;
import io.sallyport.domain.SecurityPolicy;
import io.sallyport.domain.Spec;
import io.sallyport.domain.rule.Validity;
import io.sallyport.domain.security.TlsOrigination.Unverified;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Keeps what time has done to a rule, or to an exception of a policy, out of the hands of those who write it. */
final class PassedBounds {
    private PassedBounds() {}

    /** The next bound to be recorded as passed; {@link Instant#MAX} where there is none. */
    static Instant next(Spec spec) {
        if (spec instanceof EgressRule rule) {
            return rule.validity().nextBound();
        }
        return exceptions(spec)
                .map(Unverified::nextBound)
                .min(Instant::compareTo)
                .orElse(Instant.MAX);
    }

    /** The spec once its bounds that lie in the past are recorded as passed. */
    static Spec at(Instant time, Spec spec) {
        if (spec instanceof EgressRule rule) {
            return rule.withValidity(rule.validity().withPassed(rule.validity().passedAt(time)));
        }
        return spec instanceof SecurityPolicy policy ? policy.withUnverified(one -> one.at(time)) : spec;
    }

    /** The spec as it is to be stored: the same bounds as before have passed as before, others as they lie in time. */
    static Spec kept(Spec wanted, Optional<Resource<?>> stored, Instant time) {
        if (wanted instanceof EgressRule rule) {
            return stored.flatMap(PassedBounds::validity)
                    .filter(before -> before.hasBoundsOf(rule.validity()))
                    .<Spec>map(rule::withValidity)
                    .orElseGet(() -> at(time, rule));
        }
        if (wanted instanceof SecurityPolicy policy) {
            List<Unverified> before = stored.stream()
                    .map(Resource::spec)
                    .flatMap(PassedBounds::exceptions)
                    .toList();
            return policy.withUnverified(one -> kept(one, before, time));
        }
        return wanted;
    }

    private static Unverified kept(Unverified wanted, Collection<Unverified> before, Instant time) {
        return before.stream()
                .filter(one -> one.until().equals(wanted.until()))
                .findFirst()
                .map(one -> new Unverified(wanted.until(), wanted.reason(), one.over()))
                .orElseGet(() -> wanted.at(time));
    }

    private static Stream<Unverified> exceptions(Spec spec) {
        return spec instanceof SecurityPolicy policy
                ? policy.tls().stream().flatMap(tls -> tls.unverified().stream())
                : Stream.of();
    }

    private static Optional<Validity> validity(Resource<?> stored) {
        return stored.spec() instanceof EgressRule rule ? Optional.of(rule.validity()) : Optional.empty();
    }
}
