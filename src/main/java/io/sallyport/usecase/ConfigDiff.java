package io.sallyport.usecase;

import io.sallyport.compiler.envoy.EnvoyCompiler;
import io.sallyport.compiler.envoy.EnvoyResource;
import io.sallyport.compiler.envoy.EnvoyResourceView;
import io.sallyport.compiler.envoy.EnvoySnapshot;
import io.sallyport.compiler.envoy.ResourceType;
import io.sallyport.domain.diff.ConfigChange;
import io.sallyport.domain.diff.TextDiff;
import io.sallyport.domain.diff.TreeText;
import io.sallyport.domain.snapshot.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How two configurations of a gateway differ, part by part. */
public record ConfigDiff(SnapshotForm form, EnvoyCompiler envoyCompiler) {

    /** In our own words; nothing stands for a gateway that is not there. */
    public List<ConfigChange> neutral(Optional<Snapshot> before, Optional<Snapshot> after, boolean withText) {
        Map<String, SequencedMap<String, Object>> earlier = parts(before);
        Map<String, SequencedMap<String, Object>> later = parts(after);
        return names(earlier, later)
                .flatMap(type -> changes(
                        type,
                        earlier.getOrDefault(type, new TreeMap<>()),
                        later.getOrDefault(type, new TreeMap<>()),
                        Function.identity(),
                        withText))
                .toList();
    }

    private Map<String, SequencedMap<String, Object>> parts(Optional<Snapshot> snapshot) {
        return snapshot.<Map<String, SequencedMap<String, Object>>>map(form::parts)
                .orElse(Map.of());
    }

    /** In the words of Envoy. */
    public List<ConfigChange> envoy(Optional<Snapshot> before, Optional<Snapshot> after, boolean withText) {
        Optional<EnvoySnapshot> earlier = before.map(envoyCompiler::compile);
        Optional<EnvoySnapshot> later = after.map(
                snapshot -> envoyCompiler.compile(snapshot, earlier.stream().toList()));
        return Stream.of(ResourceType.values())
                .flatMap(type -> changes(
                        type.name(), resources(earlier, type), resources(later, type), EnvoyResourceView::of, withText))
                .toList();
    }

    private static Map<String, EnvoyResource> resources(Optional<EnvoySnapshot> snapshot, ResourceType type) {
        return snapshot.<Map<String, EnvoyResource>>map(one -> one.ofType(type)).orElse(Map.of());
    }

    private static <T> Stream<ConfigChange> changes(
            String type,
            Map<String, T> before,
            Map<String, T> after,
            Function<? super T, Object> tree,
            boolean withText) {
        return names(before, after)
                .filter(name -> !Optional.ofNullable(before.get(name)).equals(Optional.ofNullable(after.get(name))))
                .map(name -> new ConfigChange(
                        type,
                        name,
                        sort(before.containsKey(name), after.containsKey(name)),
                        withText
                                ? TextDiff.between(lines(before.get(name), tree), lines(after.get(name), tree))
                                : List.of()));
    }

    private static <T> List<String> lines(@Nullable T part, Function<? super T, Object> tree) {
        return part == null ? List.of() : TreeText.of(tree.apply(part));
    }

    private static ConfigChange.Sort sort(boolean wasThere, boolean isThere) {
        if (wasThere && isThere) {
            return ConfigChange.Sort.CHANGED;
        }
        return isThere ? ConfigChange.Sort.ADDED : ConfigChange.Sort.REMOVED;
    }

    private static Stream<String> names(Map<String, ?> before, Map<String, ?> after) {
        TreeSet<String> names = new TreeSet<>(before.keySet());
        names.addAll(after.keySet());
        return names.stream();
    }
}
