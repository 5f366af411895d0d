package io.sallyport.usecase;

import io.sallyport.compiler.Finding;
import io.sallyport.compiler.Finding.Severity;
import io.sallyport.compiler.PolicyChecks;
import io.sallyport.compiler.guardrail.Guardrails;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.identity.Access;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Works out what is to be said of stored resources. */
public final class Observe {
    private final PolicyChecks checks;
    private final Guardrails guardrails;
    private final Fleet fleet;
    private final SnapshotFeed feed;
    private final InstantSource clock;

    public Observe(PolicyChecks checks, Guardrails guardrails, Fleet fleet, SnapshotFeed feed, InstantSource clock) {
        this.checks = checks;
        this.guardrails = guardrails;
        this.fleet = fleet;
        this.feed = feed;
        this.clock = clock;
    }

    /** As whoever has this access is told of them. */
    List<ResourceView> views(Access access, DesiredState state, Collection<? extends Resource<?>> resources) {
        Sight sight = new Sight(access, state);
        Instant now = clock.instant();
        Set<ResourceKey> keys = resources.stream().map(Resource::key).collect(Collectors.toUnmodifiableSet());
        Map<ResourceKey, List<Finding>> findings = Stream.concat(
                        checks.findings(state, keys, now).stream(), guardrails.findings(state, keys, now).stream())
                .collect(Collectors.groupingBy(Finding::subject));
        Programmed programmed = new Programmed(state, fleet.agents(), Standing.of(feed, fleet), access);
        Conditions conditions = new Conditions(state.revision(), now, programmed);
        return resources.stream()
                .map(resource -> view(sight, conditions, resource, findings.getOrDefault(resource.key(), List.of())))
                .toList();
    }

    private static ResourceView view(Sight sight, Conditions conditions, Resource<?> resource, List<Finding> findings) {
        List<Warning> warnings = findings.stream()
                .filter(finding -> finding.severity() == Severity.WARNING)
                .map(Warning::of)
                .map(sight::told)
                .toList();
        return new ResourceView(resource, conditions.of(resource), warnings);
    }
}
