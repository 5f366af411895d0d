package io.sallyport.compiler.envoy;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.Upstream;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What a TCP listener asks for by name, and the clusters that it sends to. */
final class TcpTables {
    private final Snapshot target;
    private final ListenerSnapshot listener;
    private final Map<String, Upstream> upstreams;
    private final List<Upstream> ways;

    TcpTables(Snapshot target, ListenerSnapshot listener) {
        this.target = target;
        this.listener = listener;
        this.upstreams = target.upstreams().stream().collect(toMap(Upstream::name, identity()));
        this.ways = TcpWays.of(listener.hosts(), upstreams);
    }

    Stream<Part> parts() {
        Listener own = listener.listener();
        String rules = ResourceNames.rules(own, 0);
        String resolver = ResourceNames.resolver(own);
        return Stream.of(
                part(
                        rules,
                        List.of(
                                listener.hosts(),
                                target.sources(),
                                target.defaultAction(),
                                ways,
                                target.addressPolicy()),
                        () -> rules(rules)),
                part(resolver, List.of(ways, target.addressPolicy(), WayOut.of(target)), () -> resolver(resolver)));
    }

    Stream<Part> clusters() {
        var unread = new UnreadParts(target);
        return ways.stream().flatMap(upstream -> unread.leadingTo(ResourceNames.raw(upstream), upstream));
    }

    private TypedExtensionConfig rules(String name) {
        return new TcpRuleTable(target.sources(), target.defaultAction())
                .of(name, listener.hosts(), new TcpWays(upstreams, target.addressPolicy()));
    }

    // All ways are of one destination, and so are their names.
    private TypedExtensionConfig resolver(String name) {
        boolean isNeeded = WayOut.of(target).isStraight() && ways.stream().anyMatch(TcpWays::isResolved);
        return ResolverTable.of(
                name,
                isNeeded,
                ways.stream()
                        .findFirst()
                        .map(this::resolver)
                        .orElseGet(() -> Resolver.ofGateway(target.addressPolicy()))
                        .cache());
    }

    private Resolver resolver(Upstream upstream) {
        return Resolver.of(upstream, target.addressPolicy());
    }

    private static Part part(String name, List<?> inputs, Supplier<TypedExtensionConfig> config) {
        return new Part(ResourceType.EXTENSION_CONFIG, name, inputs, config);
    }
}
