package io.sallyport.compiler.envoy;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.SourceClass;
import io.sallyport.domain.snapshot.Upstream;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The extension configurations of a snapshot, able to serve requests that come by the routes of earlier ones too. */
final class ExtensionConfigs {
    private final Snapshot target;
    private final Collection<Snapshot> before;

    ExtensionConfigs(Snapshot target, Collection<Snapshot> before) {
        this.target = target;
        this.before = before;
    }

    SortedMap<String, EnvoyResource> all() {
        SortedMap<String, EnvoyResource> resources = new TreeMap<>();
        target.listeners().stream()
                .flatMap(this::ofListener)
                .map(config -> Encoding.resource(ResourceType.EXTENSION_CONFIG, config.getName(), config))
                .forEach(resource -> resources.put(resource.name(), resource));
        return resources;
    }

    private Stream<TypedExtensionConfig> ofListener(ListenerSnapshot listener) {
        return switch (listener.listener().protocol()) {
            case HTTP -> ofHttp(listener);
            case TLS -> ofTls(listener);
        };
    }

    private Stream<TypedExtensionConfig> ofHttp(ListenerSnapshot listener) {
        var table = new HttpRuleTable(target.defaultAction());
        Stream<TypedExtensionConfig> rules = parts(listener).entrySet().stream()
                .map(part -> table.part(ResourceNames.rules(listener.listener(), part.getKey()), part.getValue()));
        return Stream.concat(Stream.of(SourceTable.of(ResourceNames.sources(listener.listener()), classes())), rules);
    }

    private Stream<TypedExtensionConfig> ofTls(ListenerSnapshot listener) {
        Listener own = listener.listener();
        Map<String, Upstream> upstreams = target.upstreams().stream().collect(toMap(Upstream::name, identity()));
        List<Passthrough> passthroughs = Passthrough.of(listener, upstreams);
        List<HostEntry> everKnown = Stream.concat(Stream.of(listener), earlier(listener))
                .flatMap(each -> each.hosts().stream())
                .toList();
        return Stream.of(
                SniTable.of(ResourceNames.hosts(own), listener.hosts(), passthroughs),
                ResolverTable.of(ResourceNames.resolver(own), passthroughs, new AddressGuard(target.addressPolicy())),
                MomentTable.of(ResourceNames.moments(own), everKnown),
                new TlsRuleTable(target.sources(), target.defaultAction())
                        .of(ResourceNames.rules(own, 0), listener.hosts()));
    }

    // Rules still in effect may ask for a class that is gone; for one that is not, the target says who it is.
    private Collection<SourceClass> classes() {
        SortedMap<String, SourceClass> classes = new TreeMap<>();
        Stream.concat(before.stream(), Stream.of(target))
                .flatMap(snapshot -> snapshot.sources().stream())
                .forEach(sourceClass -> classes.put(sourceClass.id(), sourceClass));
        return classes.values();
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
            if (now != null) {
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
