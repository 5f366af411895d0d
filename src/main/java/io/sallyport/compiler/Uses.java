package io.sallyport.compiler;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Destination;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.Kind;
import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Workload;
import io.sallyport.domain.rule.Source;
import java.util.List;
import java.util.stream.IntStream;
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
        if (!(other.spec() instanceof EgressRule rule)) {
            return Stream.of();
        }
        return state.find(used).stream().flatMap(found -> switch (found.spec()) {
            case Workload workload -> bySources(other.key(), rule, found.namespace(), workload);
            case Destination destination -> byTargets(other.key(), rule, found, destination);
            default -> Stream.of();
        });
    }

    private static Stream<Use> bySources(ResourceKey by, EgressRule rule, Name namespace, Workload workload) {
        List<Name> speaker = rule.tier() == EgressRule.Tier.NAMESPACE ? List.of(by.namespace()) : List.of();
        return IntStream.range(0, rule.from().size())
                .filter(index -> selects(new ScopedSource(speaker, rule.from().get(index)), namespace, workload))
                .mapToObj(index -> new Use(by, "/spec/from/%d/workloadSelector".formatted(index), How.SELECTOR));
    }

    private static boolean selects(ScopedSource entry, Name namespace, Workload workload) {
        Source source = entry.source();
        List<Name> namespaces = entry.namesNamespaces() ? entry.namespaces() : entry.speaker();
        boolean isOfOne = namespaces.contains(namespace) || (namespaces.isEmpty() && !entry.namesNamespaces());
        return isOfOne && source.workloads().stream().anyMatch(selector -> selector.matches(workload.labels()));
    }

    private static Stream<Use> byTargets(ResourceKey by, EgressRule rule, Resource<?> found, Destination destination) {
        if (!destination.isVisibleTo(found.namespace(), by.namespace())) {
            return Stream.of();
        }
        return IntStream.range(0, rule.to().size())
                .filter(index -> rule.to().get(index).selector().stream()
                        .anyMatch((LabelSelector selector) ->
                                selector.matches(found.metadata().labels())))
                .mapToObj(index -> new Use(by, "/spec/to/%d/destinationSelector".formatted(index), How.SELECTOR));
    }
}
