package io.sallyport.usecase;

import io.sallyport.compiler.Finding;
import io.sallyport.compiler.Finding.Severity;
import io.sallyport.compiler.PolicyChecks;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import io.sallyport.domain.rule.Validity;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Works out what is to be said of stored resources. */
final class Observe {
    private final PolicyChecks checks;
    private final InstantSource clock;

    Observe(PolicyChecks checks, InstantSource clock) {
        this.checks = checks;
        this.clock = clock;
    }

    List<ResourceView> views(DesiredState state, Collection<? extends Resource<?>> resources) {
        Set<ResourceKey> keys = resources.stream().map(Resource::key).collect(Collectors.toUnmodifiableSet());
        Map<ResourceKey, List<Finding>> findings =
                checks.findings(state, keys, clock.instant()).stream().collect(Collectors.groupingBy(Finding::subject));
        return resources.stream()
                .map(resource -> view(state.revision(), resource, findings.getOrDefault(resource.key(), List.of())))
                .toList();
    }

    private ResourceView view(Revision observed, Resource<?> resource, List<Finding> findings) {
        List<Warning> warnings = findings.stream()
                .filter(finding -> finding.severity() == Severity.WARNING)
                .map(Warning::of)
                .toList();
        return new ResourceView(resource, conditions(observed, resource), warnings);
    }

    private List<Condition> conditions(Revision observed, Resource<?> resource) {
        List<Condition> conditions = new ArrayList<>();
        conditions.add(new Condition("Accepted", true, "Accepted", "It is part of the desired state.", observed));
        conditions.add(new Condition(
                "ResolvedRefs", true, "ResolvedRefs", "Everything that it refers to is there.", observed));
        if (resource.spec() instanceof EgressRule rule) {
            conditions.add(expiry(observed, rule.validity(), clock.instant()));
        }
        return conditions;
    }

    private static Condition expiry(Revision observed, Validity validity, Instant now) {
        if (!now.isBefore(validity.expiresAt())) {
            return new Condition(
                    "Expired", true, "Expired", "It ended at %s.".formatted(validity.expiresAt()), observed);
        }
        if (now.isBefore(validity.notBefore())) {
            return new Condition(
                    "Expired", false, "NotYetValid", "It begins at %s.".formatted(validity.notBefore()), observed);
        }
        String end = validity.hasEnd() ? "It ends at %s.".formatted(validity.expiresAt()) : "It has no end.";
        return new Condition("Expired", false, "Valid", end, observed);
    }
}
