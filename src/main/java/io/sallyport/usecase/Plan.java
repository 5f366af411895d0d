package io.sallyport.usecase;

import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.ResourceKey;
import io.sallyport.usecase.Effect.Outcome;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * What a write would do to one state.
 *
 * @param base the state that it starts from; it holds for no other
 * @param changes empty where everything is so already
 */
record Plan(DesiredState base, List<Change> changes, List<Effect> effects) {
    Plan {
        changes = List.copyOf(changes);
        effects = List.copyOf(effects);
    }

    DesiredState after() {
        return changes.isEmpty() ? base : base.with(base.revision().next(), changes);
    }

    boolean startsFrom(DesiredState state) {
        return base.revision().equals(state.revision());
    }

    /** Whose findings the caller is told, those that were so already included. */
    Set<ResourceKey> touched() {
        return effects.stream().map(Effect::key).collect(Collectors.toUnmodifiableSet());
    }

    boolean removes(ResourceKey key) {
        return effects.contains(new Effect(key, Outcome.DELETED));
    }
}
