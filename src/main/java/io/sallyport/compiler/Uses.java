package io.sallyport.compiler;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import java.util.stream.Stream;

/** Where a resource is used: who names it, who selects it by its labels, and for a namespace, what is in it. Pure. */
public final class Uses {
    private Uses() {}

    /**
     * One use.
     *
     * @param pointer JSON Pointer (RFC 6901) into the document of {@code by}
     */
    public record Use(ResourceKey by, String pointer, How how) {}

    /** The ways to use a resource. */
    public enum How {
        /** It is named. */
        REFERENCE,
        /** It has the labels that are asked for. */
        SELECTOR,
        /** It is the namespace of the other. */
        CONTAINED
    }

    /** By kind and name of who uses it. */
    public static Stream<Use> of(DesiredState state, ResourceKey used) {
        return state.all().filter(other -> !other.key().equals(used)).flatMap(other -> of(state, used, other));
    }

    private static Stream<Use> of(DesiredState state, ResourceKey used, Resource<?> other) {
        Stream<Use> references = Stream.concat(References.of(other), SpokenOf.by(other))
                .filter(reference -> reference.target().equals(used))
                .map(reference -> new Use(other.key(), reference.pointer(), How.REFERENCE));
        return Stream.of(contained(used, other), references, selected(state, used, other))
                .flatMap(uses -> uses);
    }

    /** Whether it is found by its labels. */
    static boolean isSelectedBy(DesiredState state, ResourceKey used, Resource<?> other) {
        return selected(state, used, other).findAny().isPresent();
    }

    private static Stream<Use> contained(ResourceKey used, Resource<?> other) {
        return used.kind() == Kind.NAMESPACE && other.namespace().equals(used.namespace())
                ? Stream.of(new Use(other.key(), "/metadata/namespace", How.CONTAINED))
                : Stream.of();
    }

    private static Stream<Use> selected(DesiredState state, ResourceKey used, Resource<?> other) {
        return state.find(used).stream()
                .flatMap(found -> Selections.of(found, other))
                .map(pointer -> new Use(other.key(), pointer, How.SELECTOR));
    }
}
