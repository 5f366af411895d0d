package io.sallyport.compiler.envoy;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.SourceClass;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The extension configurations of a snapshot, able to serve requests that come by the routes of earlier ones too. */
final class ExtensionConfigs {
    private final Snapshot target;
    private final Collection<Snapshot> before;

    ExtensionConfigs(Snapshot target, Collection<Snapshot> before) {
        this.target = target;
        this.before = before;
    }

    Stream<Part> parts() {
        return target.listeners().stream().flatMap(this::ofListener);
    }

    private Stream<Part> ofListener(ListenerSnapshot listener) {
        return switch (listener.listener().protocol()) {
            case HTTP, HTTPS -> ofHttp(listener);
            case CONNECT -> Stream.concat(ofHttp(listener), Tunnels.extensions(target, listener));
            case TLS -> new TlsTables(target, listener, earlier(listener).toList()).parts();
            case TCP ->
                throw new UnsupportedOperationException(
                        "listener " + listener.listener().protocol());
        };
    }

    private Stream<Part> ofHttp(ListenerSnapshot listener) {
        var table = new HttpRuleTable(target.defaultAction());
        List<SourceClass> classes = classes();
        Stream<Part> rules = parts(listener).entrySet().stream().map(part -> {
            String name = ResourceNames.rules(listener.listener(), part.getKey());
            List<HostEntry> hosts = part.getValue();
            return part(name, List.of(hosts, target.defaultAction()), () -> table.part(name, hosts));
        });
        String sources = ResourceNames.sources(listener.listener());
        return Stream.concat(Stream.of(part(sources, classes, () -> SourceTable.of(sources, classes))), rules);
    }

    private static Part part(String name, List<?> inputs, Supplier<TypedExtensionConfig> config) {
        return new Part(ResourceType.EXTENSION_CONFIG, name, inputs, config);
    }

    // Rules still in effect may ask for a class that is gone; for one that is not, the target says who it is.
    private List<SourceClass> classes() {
        SortedMap<String, SourceClass> classes = new TreeMap<>();
        Stream.concat(before.stream(), Stream.of(target))
                .flatMap(snapshot -> snapshot.sources().stream())
                .forEach(sourceClass -> classes.put(sourceClass.id(), sourceClass));
        return List.copyOf(classes.values());
    }

    // A host that has moved is in both parts, with the rules of now; one that is gone is refused by default.
    private SortedMap<Integer, List<HostEntry>> parts(ListenerSnapshot listener) {
        SortedMap<Integer, List<HostEntry>> parts = new TreeMap<>();
        for (int bucket = 0; bucket < target.ruleBuckets(); bucket++) {
            parts.put(bucket, new ArrayList<>());
        }
        listener.hosts().forEach(host -> add(parts, host.bucket(), host));
        Map<HostPattern, HostEntry> hosts = listener.hosts().stream().collect(toMap(HostEntry::host, identity()));
        earlier(listener).flatMap(each -> each.hosts().stream()).forEach(host -> {
            HostEntry now = hosts.get(host.host());
            if (now != null && now.bucket() != host.bucket()) {
                add(parts, host.bucket(), now);
            }
        });
        return parts;
    }

    private static void add(SortedMap<Integer, List<HostEntry>> parts, int bucket, HostEntry host) {
        parts.computeIfAbsent(bucket, unseen -> new ArrayList<>()).add(host);
    }

    private Stream<ListenerSnapshot> earlier(ListenerSnapshot listener) {
        return before.stream()
                .flatMap(snapshot -> snapshot.listeners().stream())
                .filter(each ->
                        each.listener().name().equals(listener.listener().name()))
                .filter(each ->
                        each.listener().protocol() == listener.listener().protocol());
    }
}
