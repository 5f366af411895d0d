package io.sallyport.compiler;

import io.sallyport.domain.Destination;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.Resource;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.CompiledRule;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.SnapshotVersion;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** One run of the compiler: gathers the tables of one gateway while it walks its listeners. */
final class GatewayCompilation {
    private final Admission admission;
    private final KnownHosts hosts;
    private final GatewayRules rules;
    private final SourceTable sources;
    private final UpstreamTable upstreams;

    GatewayCompilation(Admission admission) {
        this.admission = admission;
        hosts = KnownHosts.of(admission);
        rules = new GatewayRules(admission, hosts);
        sources = new SourceTable(new AddressView(admission.state()));
        upstreams = new UpstreamTable(spec().addressPolicy());
    }

    Snapshot snapshot() {
        List<ListenerSnapshot> listeners =
                spec().listeners().stream().map(this::listener).toList();
        Snapshot unversioned = new Snapshot(
                admission.gateway().name(),
                new SnapshotVersion(admission.state().revision(), ""),
                spec().defaultAction(),
                spec().addressPolicy(),
                spec().ruleBuckets(),
                sources.classes(),
                listeners,
                upstreams.upstreams());
        return SnapshotHash.stamped(unversioned);
    }

    private EgressGateway spec() {
        return admission.gateway().spec();
    }

    private ListenerSnapshot listener(Listener listener) {
        return new ListenerSnapshot(
                listener,
                hosts.servedBy(listener).stream()
                        .map(host -> host(listener, host))
                        .toList());
    }

    private HostEntry host(Listener listener, HostPattern host) {
        Resource<Destination> owner = hosts.owner(host).orElseThrow();
        GatewayRules.Claims claims = rules.about(host, owner);
        List<PortEntry> ports = new ArrayList<>();
        for (DestinationPort port : spoken(listener, owner)) {
            List<CompiledRule> deciding = claims.at(listener.name(), port.number()).stream()
                    .map(sources::compiled)
                    .toList();
            upstreams
                    .leading(host, owner, port)
                    .ifPresent(upstream -> ports.add(new PortEntry(port.number(), upstream, deciding)));
        }
        return new HostEntry(host, owner.name(), bucket(host), ports);
    }

    private static List<DestinationPort> spoken(Listener listener, Resource<Destination> owner) {
        Set<Object> numbers = new HashSet<>();
        Stream<DestinationPort> ports = owner.spec().ports().stream().filter(port -> numbers.add(port.number()));
        return switch (listener.protocol()) {
            case HTTP ->
                ports.filter(port -> port.protocol().isReachableByHttp()).toList();
            // A TLS listener knows no port, so there is but the first.
            case TLS ->
                ports.filter(port -> port.protocol().isReachableBySni())
                        .limit(1)
                        .toList();
        };
    }

    // Hosts below one wildcard share a bucket, since a rule on it is copied to each of them.
    private int bucket(HostPattern host) {
        HostPattern outermost = hosts.covering(host).getLast();
        return new ContentHash().text(outermost.isWildcard() ? outermost : host).below(spec().ruleBuckets());
    }
}
