package io.sallyport.usecase;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.identity.Access;
import io.sallyport.identity.Right;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * All that a caller wants done at once.
 *
 * @param intents at most one for each resource
 * @param prune at most one
 */
public record WriteOrder(List<Intent> intents, List<Prune> prune, WriteTerms terms) {
    public WriteOrder {
        intents = List.copyOf(intents);
        prune = List.copyOf(prune);
    }

    public static WriteOrder of(List<Intent> intents) {
        return new WriteOrder(intents, List.of(), WriteTerms.NONE);
    }

    public WriteOrder under(WriteTerms other) {
        return new WriteOrder(intents, prune, other);
    }

    /** The intents, with what is to be pruned of that state and the caller may take away. */
    List<Intent> at(DesiredState state, Access access) {
        return Stream.concat(
                        intents.stream(),
                        pruned(state)
                                .filter(resource -> mayWrite(access, resource))
                                .map(resource -> new Intent.Remove(resource.key(), new Precondition.None())))
                .toList();
    }

    /** What carries the labels and stays, since the caller may not take it away. */
    List<Warning> notPruned(DesiredState state, Access access) {
        return pruned(state)
                .filter(resource -> !mayWrite(access, resource) && access.mayRead(resource.key()))
                .map(resource -> new Warning(
                        resource.key(),
                        "",
                        "NotPruned",
                        "It carries the labels and stays: you have no right to %s."
                                .formatted(Right.toWrite(resource.spec()).words()),
                        false))
                .toList();
    }

    private Stream<Resource<?>> pruned(DesiredState state) {
        Set<ResourceKey> named = intents.stream().map(Intent::key).collect(Collectors.toUnmodifiableSet());
        return prune.stream().flatMap(one -> one.of(state, named));
    }

    private static boolean mayWrite(Access access, Resource<?> resource) {
        return access.may(Right.toWrite(resource.spec()), resource.namespace());
    }
}
