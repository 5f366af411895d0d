package io.sallyport.usecase;

import io.sallyport.agents.AgentRegistry;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Resource;
import io.sallyport.domain.diff.ConfigChange;
import io.sallyport.identity.Access;
import io.sallyport.identity.Right;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/** Tells what a plan would do, as far as the caller may know. */
public final class Foresee {
    private final Observe observe;
    private final AgentRegistry agents;
    private final WorkOutConsequences consequences;
    private final ConfigDiff configDiff;
    private final SemanticDiff diff;

    public Foresee(
            Observe observe,
            AgentRegistry agents,
            WorkOutConsequences consequences,
            ConfigDiff configDiff,
            ResourceForm form) {
        this.observe = observe;
        this.agents = agents;
        this.consequences = consequences;
        this.configDiff = configDiff;
        this.diff = new SemanticDiff(form);
    }

    Preview of(Access access, Judged judged, PreviewWish wish, Instant now) {
        Plan plan = judged.plan();
        DesiredState after = plan.after();
        Consequences found = consequences.of(plan, now);
        List<Resource<?>> wanted = plan.effects().stream()
                .flatMap(effect -> after.find(effect.key()).stream())
                .<Resource<?>>map(resource -> resource)
                .toList();
        return new Preview(
                plan.base().revision(),
                plan.effects(),
                observe.views(access, after, wanted),
                judged.warnings(),
                diff.between(plan.base(), after),
                IntStream.range(0, found.gateways().size())
                        .mapToObj(index -> gateway(
                                access,
                                found.gateways().get(index),
                                found.closing().get(index),
                                wish))
                        .toList(),
                ReadableFlows.of(new Sight(access, after), found.flows()),
                found.workloads().size(),
                found.workloads().stream()
                        .filter(name -> access.may(Right.READ, name.namespace()))
                        .limit(WorkOutConsequences.MOST_NAMED)
                        .toList(),
                List.of());
    }

    private GatewayPreview gateway(Access access, GatewayChange change, Set<String> closing, PreviewWish wish) {
        boolean isShown = access.mayEverywhere(Right.READ)
                || access.may(Right.READ_SNAPSHOT, change.gateway().namespace());
        List<ConfigChange> envoy =
                configDiff.envoy(change.earlier(), change.later(), isShown && wish.inEnvoyWords() && wish.withText());
        List<ConfigChange> shown = wish.inEnvoyWords()
                ? envoy
                : configDiff.neutral(change.earlier(), change.later(), isShown && wish.withText());
        return new GatewayPreview(
                change.gateway(),
                isShown ? shown : List.of(),
                isShown,
                Drains.of(change, envoy, closing),
                agents.all().stream()
                        .filter(agent -> agent.gateway().equals(change.gateway()))
                        .filter(agent -> access.may(Right.READ, agent.gateway().namespace()))
                        .toList());
    }
}
