package io.sallyport.compiler;

import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.rule.Validity;
import io.sallyport.domain.snapshot.SourceClass;
import java.time.Instant;
import java.util.List;

/** A rule, as far as it says who may pass, and when. */
record Admitting(ResourceName name, Action action, List<SourceClass> sources, Validity validity) {
    Admitting {
        sources = List.copyOf(sources);
    }

    boolean overlapsInTime(Admitting other) {
        return start().isBefore(other.end()) && other.start().isBefore(end());
    }

    boolean lastsAsLongAs(Admitting other) {
        return !start().isAfter(other.start()) && !end().isBefore(other.end());
    }

    private Instant start() {
        return validity.hasStart() ? validity.notBefore() : Instant.MIN;
    }

    private Instant end() {
        return validity.hasEnd() ? validity.expiresAt() : Instant.MAX;
    }
}
