package io.sallyport.usecase;

import io.sallyport.compiler.envoy.EnvoyCompiler;
import io.sallyport.compiler.envoy.EnvoyResource;
import io.sallyport.compiler.envoy.EnvoyResourceView;
import io.sallyport.compiler.envoy.EnvoySnapshot;
import io.sallyport.compiler.envoy.ResourceType;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.diff.ConfigChange;
import io.sallyport.domain.diff.TextDiff;
import io.sallyport.domain.diff.TreeText;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.usecase.SnapshotForm.Part;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** How two configurations of a gateway differ, part by part. For several threads. */
public final class ConfigDiff {
    private final SnapshotForm form;
    private final EnvoyCompiler envoyCompiler;
    // Of each gateway what was compiled last, from which the next is made at the cost of what differs.
    private final Map<ResourceName, EnvoySnapshot> newest = new ConcurrentHashMap<>();

    public ConfigDiff(SnapshotForm form, EnvoyCompiler envoyCompiler) {
        this.form = form;
        this.envoyCompiler = envoyCompiler;
    }

    /** In our own words; nothing stands for a gateway that is not there. */
    public List<ConfigChange> neutral(Optional<Snapshot> before, Optional<Snapshot> after, boolean withText) {
        Map<String, SortedMap<String, Part>> earlier = parts(before);
        Map<String, SortedMap<String, Part>> later = parts(after);
        return names(earlier, later)
                .flatMap(type -> changes(
                        type,
                        earlier.getOrDefault(type, new TreeMap<>()),
                        later.getOrDefault(type, new TreeMap<>()),
                        Part::isLike,
                        part -> part.tree().get(),
                        withText))
                .toList();
    }

    private Map<String, SortedMap<String, Part>> parts(Optional<Snapshot> snapshot) {
        return snapshot.<Map<String, SortedMap<String, Part>>>map(form::parts).orElse(Map.of());
    }

    /** In the words of Envoy. */
    public List<ConfigChange> envoy(Optional<Snapshot> before, Optional<Snapshot> after, boolean withText) {
        Optional<EnvoySnapshot> earlier = before.map(this::compiled);
        Optional<EnvoySnapshot> later = after.map(
                snapshot -> envoyCompiler.compile(snapshot, earlier.stream().toList()));
        return Stream.of(ResourceType.values())
                .flatMap(type -> changes(
                        type.name(),
                        resources(earlier, type),
                        resources(later, type),
                        EnvoyResource::equals,
                        EnvoyResourceView::of,
                        withText))
                .toList();
    }

    private EnvoySnapshot compiled(Snapshot snapshot) {
        EnvoySnapshot compiled = envoyCompiler.compile(
                snapshot,
                Optional.ofNullable(newest.get(snapshot.gateway())).stream().toList());
        newest.put(snapshot.gateway(), compiled);
        return compiled;
    }

    private static Map<String, EnvoyResource> resources(Optional<EnvoySnapshot> snapshot, ResourceType type) {
        return snapshot.<Map<String, EnvoyResource>>map(one -> one.ofType(type)).orElse(Map.of());
    }

    private static <T> Stream<ConfigChange> changes(
            String type,
            Map<String, T> before,
            Map<String, T> after,
            BiPredicate<T, T> isLike,
            Function<? super T, Object> tree,
            boolean withText) {
        return names(before, after)
                .filter(name -> !isSame(before.get(name), after.get(name), isLike))
                .map(name -> new ConfigChange(
                        type,
                        name,
                        sort(before.containsKey(name), after.containsKey(name)),
                        withText
                                ? TextDiff.between(lines(before.get(name), tree), lines(after.get(name), tree))
                                : List.of()));
    }

    private static <T> boolean isSame(@Nullable T before, @Nullable T after, BiPredicate<T, T> isLike) {
        return before != null && after != null && isLike.test(before, after);
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
