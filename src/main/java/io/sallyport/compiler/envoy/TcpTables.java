package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.sallyport.compiler.envoy.UnreadWays.Way;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PoliciesInForce;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.Upstream;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What a TCP listener asks for by name, and the clusters that it sends to. */
final class TcpTables {
    private final Snapshot target;
    private final ListenerSnapshot listener;
    private final UnreadWays ways;
    private final PoliciesInForce policies;
    private final List<HostEntry> hosts;
    private final List<Upstream> upstreams;

    TcpTables(Snapshot target, ListenerSnapshot listener) {
        this.target = target;
        this.listener = listener;
        this.ways = new UnreadWays(target);
        this.policies = PoliciesInForce.of(target.policies());
        this.hosts = listener.hosts().stream().map(ways::decided).toList();
        this.upstreams =
                TcpWays.of(hosts, ways).stream().map(Way::upstream).distinct().toList();
    }

    Stream<Part> parts() {
        Listener own = listener.listener();
        String rules = ResourceNames.rules(own, 0);
        String resolver = ResourceNames.resolver(own);
        return Stream.of(
                part(
                        rules,
                        List.of(
                                hosts,
                                hosts.stream().map(this::authorization).toList(),
                                target.sources(),
                                target.defaultAction(),
                                TcpWays.of(hosts, ways),
                                target.addressPolicy()),
                        () -> rules(rules)),
                part(
                        resolver,
                        List.of(upstreams, target.addressPolicy(), WayOut.of(target)),
                        () -> resolver(resolver)));
    }

    Stream<Part> clusters() {
        var unread = new UnreadParts(target);
        return upstreams.stream().flatMap(upstream -> unread.leadingTo(ResourceNames.raw(upstream), upstream));
    }

    private TypedExtensionConfig rules(String name) {
        return new TcpRuleTable(target.sources(), target.defaultAction())
                .of(name, hosts, this::authorization, new TcpWays(ways, target.addressPolicy()));
    }

    private ClauseGroups authorization(HostEntry host) {
        return ClauseGroups.of(policies.at(listener, host).authorization());
    }

    // One for all: where a route leads to several names, those are found that are guarded like the first.
    private TypedExtensionConfig resolver(String name) {
        boolean isNeeded = WayOut.of(target).isStraight() && upstreams.stream().anyMatch(TcpWays::isResolved);
        return ResolverTable.of(
                name,
                isNeeded,
                upstreams.stream()
                        .filter(TcpWays::isResolved)
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
