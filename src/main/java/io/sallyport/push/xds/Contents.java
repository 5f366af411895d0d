package io.sallyport.push.xds;

import io.sallyport.compiler.envoy.EnvoyResource;
import io.sallyport.compiler.envoy.EnvoySnapshot;
import io.sallyport.compiler.envoy.ResourceType;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What streams share, so that each keeps little of its own: the contents that clients are led to, from one snapshot to the
 * next and between the two, and the names that they ask for. Guards itself; what no stream uses is forgotten.
 */
final class Contents {
    private static final int SWEEP_AT = 1_024;

    private final Passage.Overlap overlap;
    private final SharedNames names;
    private final StreamLimits limits;
    private final StreamCounts counts;
    private final Map<Step, WeakReference<Content>> known = new LinkedHashMap<>();

    private enum Form {
        AS_IT_IS,
        WITH_LEFTOVERS,
        HELD_BACK,
        OVERLAP
    }

    /** Snapshots are told apart by what they were made of. */
    private record Step(Form form, ResourceType type, List<Object> snapshots) {
        static Step of(Form form, ResourceType type, List<EnvoySnapshot> older, EnvoySnapshot target) {
            List<Object> snapshots = new ArrayList<>();
            snapshots.add(target.source().gateway());
            snapshots.add(target.source().version().hash());
            older.forEach(snapshot -> snapshots.add(snapshot.source().version().hash()));
            return new Step(form, type, List.copyOf(snapshots));
        }
    }

    Contents(Passage.Overlap overlap) {
        this(overlap, StreamLimits.DEFAULT, new StreamCounts());
    }

    Contents(Passage.Overlap overlap, StreamLimits limits, StreamCounts counts) {
        this.overlap = overlap;
        this.limits = limits;
        this.counts = counts;
        this.names = new SharedNames(limits.names(), counts);
    }

    /** A stream that asks for so many types goes on, or what it is told is thrown. */
    void checkTypes(int types) {
        if (types > limits.types()) {
            throw counts.refusal(
                    StreamLimit.TYPES, "A stream may ask for %d types of resources".formatted(limits.types()));
        }
    }

    SharedNames names() {
        return names;
    }

    Content of(EnvoySnapshot snapshot, ResourceType type) {
        return shared(Step.of(Form.AS_IT_IS, type, List.of(), snapshot), () -> new Content(snapshot.ofType(type)));
    }

    /** With what older snapshots still refer to, until that is gone. */
    Content withLeftovers(List<EnvoySnapshot> older, EnvoySnapshot target, ResourceType type) {
        Content wanted = of(target, type);
        return older.isEmpty()
                ? wanted
                : shared(Step.of(Form.WITH_LEFTOVERS, type, older, target), () -> withLeftovers(older, wanted, type));
    }

    /** Extension configurations that serve the older routes as well as the newer. */
    Content overlap(List<EnvoySnapshot> older, EnvoySnapshot target) {
        ResourceType type = ResourceType.EXTENSION_CONFIG;
        return older.isEmpty()
                ? of(target, type)
                : shared(
                        Step.of(Form.OVERLAP, type, older, target),
                        () -> withLeftovers(older, new Content(overlap.of(older, target)), type));
    }

    /** As they were; those that are gone go at once, and new routes wait for nobody. */
    Content heldBack(EnvoySnapshot before, EnvoySnapshot target, ResourceType type) {
        return shared(Step.of(Form.HELD_BACK, type, List.of(before), target), () -> heldBackAnew(before, target, type));
    }

    private Content heldBackAnew(EnvoySnapshot before, EnvoySnapshot target, ResourceType type) {
        SortedMap<String, EnvoyResource> then = before.ofType(type);
        SortedMap<String, EnvoyResource> wanted = new TreeMap<>(target.ofType(type));
        if (type == ResourceType.LISTENER) {
            wanted.keySet().retainAll(then.keySet());
        }
        wanted.replaceAll((name, resource) -> then.getOrDefault(name, resource));
        return oneOf(new Content(wanted), of(before, type), of(target, type));
    }

    private Content withLeftovers(List<EnvoySnapshot> older, Content wanted, ResourceType type) {
        SortedMap<String, EnvoyResource> leftovers = new TreeMap<>();
        for (EnvoySnapshot snapshot : older.reversed()) {
            Content before = of(snapshot, type);
            wanted.changedSince(before).stream()
                    .filter(name -> !wanted.has(name))
                    .flatMap(name -> before.find(name).stream())
                    .forEach(resource -> leftovers.putIfAbsent(resource.name(), resource));
        }
        return leftovers.isEmpty() ? wanted : wanted.with(leftovers);
    }

    // The same content is the same object, where that is seen at once.
    private static Content oneOf(Content made, Content... known) {
        for (Content one : known) {
            if (made.changedSince(one).isEmpty() && one.changedSince(made).isEmpty()) {
                return one;
            }
        }
        return made;
    }

    // Two that make it at the same time make the same; the first is kept.
    private Content shared(Step step, Supplier<Content> making) {
        Optional<Content> before = find(step);
        return before.isPresent() ? before.get() : keep(step, making.get());
    }

    private Optional<Content> find(Step step) {
        synchronized (known) {
            WeakReference<Content> kept = known.get(step);
            return kept == null ? Optional.empty() : Optional.ofNullable(kept.get());
        }
    }

    private Content keep(Step step, Content made) {
        synchronized (known) {
            Content content = find(step).orElse(made);
            known.put(step, new WeakReference<>(content));
            if (known.size() > SWEEP_AT) {
                known.values().removeIf(reference -> reference.get() == null);
            }
            return content;
        }
    }
}
