package io.sallyport.push.xds;

import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.sallyport.compiler.envoy.EnvoyResource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.WeakHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * All resources of one type that clients are to have at some step, one object for all streams at that step. Never changes;
 * what is worked out of it is worked out once. {@code changes} and what is made lazily are guarded by {@code this}.
 */
final class Content {
    static final Content EMPTY = new Content(Collections.emptySortedMap());

    private final SortedMap<String, EnvoyResource> resources;
    private final Map<Content, Collection<String>> changes = new WeakHashMap<>();
    private @Nullable String version;
    private @Nullable DiscoveryResponse whole;

    /** {@code resources} are not to change any more. */
    Content(SortedMap<String, EnvoyResource> resources) {
        this.resources = Collections.unmodifiableSortedMap(resources);
    }

    Optional<EnvoyResource> find(String name) {
        return Optional.ofNullable(resources.get(name));
    }

    boolean has(String name) {
        return resources.containsKey(name);
    }

    Collection<String> names() {
        return resources.keySet();
    }

    SortedMap<String, EnvoyResource> resources() {
        return resources;
    }

    /** Names all of it: equal content, equal version, on every replica. */
    synchronized String version() {
        if (version == null) {
            version = ContentVersion.of(resources.values());
        }
        return version;
    }

    /** All of it in one response, without a nonce. */
    synchronized DiscoveryResponse whole(WireType type) {
        if (whole == null) {
            DiscoveryResponse.Builder response = DiscoveryResponse.newBuilder()
                    .setTypeUrl(type.url())
                    .setVersionInfo(ContentVersion.of(resources.values()));
            resources.values().forEach(resource -> response.addResources(resource.body()));
            whole = response.build();
        }
        return whole;
    }

    Content only(Predicate<String> names) {
        SortedMap<String, EnvoyResource> chosen = new TreeMap<>(resources);
        chosen.keySet().removeIf(names.negate());
        return new Content(chosen);
    }

    Content with(SortedMap<String, EnvoyResource> more) {
        SortedMap<String, EnvoyResource> all = new TreeMap<>(resources);
        all.putAll(more);
        return new Content(all);
    }

    /** The names of what was added, changed or removed; found once for all streams that make the same step. */
    Collection<String> changedSince(Content before) {
        if (before == this) {
            return List.of();
        }
        if (before.resources.isEmpty()) {
            return names();
        }
        return resources.isEmpty() ? before.names() : changes(before);
    }

    private synchronized Collection<String> changes(Content before) {
        return changes.computeIfAbsent(before, this::compare);
    }

    // Both are sorted alike, so one walk along both does, and costs what they hold and no more.
    private Collection<String> compare(Content before) {
        List<String> changed = new ArrayList<>();
        Iterator<EnvoyResource> olds = before.resources.values().iterator();
        Iterator<EnvoyResource> news = resources.values().iterator();
        EnvoyResource older = nextOf(olds);
        EnvoyResource newer = nextOf(news);
        while (older != null || newer != null) {
            int order = order(older, newer);
            if (order != 0 || !same(older, newer)) {
                changed.add(nameOf(order < 0 ? older : newer));
            }
            older = order <= 0 ? nextOf(olds) : older;
            newer = order >= 0 ? nextOf(news) : newer;
        }
        return List.copyOf(changed);
    }

    private static @Nullable EnvoyResource nextOf(Iterator<EnvoyResource> left) {
        return left.hasNext() ? left.next() : null;
    }

    private static int order(@Nullable EnvoyResource older, @Nullable EnvoyResource newer) {
        if (older == null || newer == null) {
            return older == null ? 1 : -1;
        }
        // Mostly it is the same text, which this sees at once.
        return older.name().equals(newer.name()) ? 0 : older.name().compareTo(newer.name());
    }

    private static boolean same(@Nullable EnvoyResource older, @Nullable EnvoyResource newer) {
        return older != null && newer != null && older.version().equals(newer.version());
    }

    private static String nameOf(@Nullable EnvoyResource resource) {
        return Objects.requireNonNull(resource).name();
    }
}
