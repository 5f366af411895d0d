package io.sallyport.usecase;

import io.sallyport.domain.EgressRule;
import io.sallyport.domain.Resource;
import io.sallyport.domain.Spec;
import io.sallyport.domain.rule.Validity;
import java.time.Instant;
import java.util.Optional;

/** Keeps what time has done to a rule out of the hands of those who write it. */
final class PassedBounds {
    private PassedBounds() {}

    /** The spec once its bounds that lie in the past are recorded as passed. */
    static Spec at(Instant time, Spec spec) {
        return spec instanceof EgressRule rule
                ? rule.withValidity(rule.validity().withPassed(rule.validity().passedAt(time)))
                : spec;
    }

    /** The spec as it is to be stored: the same bounds as before have passed as before, others as they lie in time. */
    static Spec kept(Spec wanted, Optional<Resource<?>> stored, Instant time) {
        return wanted instanceof EgressRule rule
                ? stored.flatMap(PassedBounds::validity)
                        .filter(before -> before.hasBoundsOf(rule.validity()))
                        .<Spec>map(rule::withValidity)
                        .orElseGet(() -> at(time, rule))
                : wanted;
    }

    private static Optional<Validity> validity(Resource<?> stored) {
        return stored.spec() instanceof EgressRule rule ? Optional.of(rule.validity()) : Optional.empty();
    }
}
