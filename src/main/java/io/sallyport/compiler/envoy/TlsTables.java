package io.sallyport.compiler.envoy;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.Upstream;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What a TLS listener asks for by name. */
final class TlsTables {
    private final Snapshot target;
    private final ListenerSnapshot listener;
    private final Collection<ListenerSnapshot> before;

    /** {@code before} are earlier forms of the listener that connections may still come by. */
    TlsTables(Snapshot target, ListenerSnapshot listener, Collection<ListenerSnapshot> before) {
        this.target = target;
        this.listener = listener;
        this.before = before;
    }

    Stream<Part> parts() {
        Listener own = listener.listener();
        Map<String, Upstream> upstreams = target.upstreams().stream().collect(toMap(Upstream::name, identity()));
        List<Passthrough> passthroughs = Passthrough.of(listener, upstreams);
        List<HostEntry> everKnown = everKnown();
        String hosts = ResourceNames.hosts(own);
        String resolver = ResourceNames.resolver(own);
        String moments = ResourceNames.moments(own);
        String rules = ResourceNames.rules(own, 0);
        return Stream.of(
                part(hosts, List.of(places(), passthroughs), () -> SniTable.of(hosts, listener.hosts(), passthroughs)),
                part(
                        resolver,
                        List.of(passthroughs, target.addressPolicy()),
                        () -> ResolverTable.of(resolver, passthroughs, new AddressGuard(target.addressPolicy()))),
                part(moments, everKnown, () -> MomentTable.of(moments, everKnown)),
                part(
                        rules,
                        List.of(listener.hosts(), target.sources(), target.defaultAction()),
                        () -> new TlsRuleTable(target.sources(), target.defaultAction()).of(rules, listener.hosts())));
    }

    private List<?> places() {
        return listener.hosts().stream().map(HostEntry::place).toList();
    }

    private List<HostEntry> everKnown() {
        Set<HostEntry> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        return Stream.concat(Stream.of(listener), before.stream())
                .flatMap(each -> each.hosts().stream())
                .filter(seen::add)
                .toList();
    }

    private static Part part(String name, List<?> inputs, Supplier<TypedExtensionConfig> config) {
        return new Part(ResourceType.EXTENSION_CONFIG, name, inputs, config);
    }
}
