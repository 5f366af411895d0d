package io.sallyport.compiler.envoy;

import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.Upstream;
import io.sallyport.domain.snapshot.Upstream.UpstreamEndpoint;
import java.util.Collection;
import java.util.List;

/** A host of a TLS listener and a way that it leads: from its first port, since a server name has none. */
record Passthrough(HostPattern host, UnreadWays.Way way) {

    static List<Passthrough> of(ListenerSnapshot listener, UnreadWays ways) {
        return of(listener.hosts(), ways);
    }

    static List<Passthrough> of(Collection<HostEntry> hosts, UnreadWays ways) {
        return hosts.stream()
                .filter(host -> !host.ports().isEmpty())
                .flatMap(
                        host -> ways.of(host.ports().getFirst()).stream().map(way -> new Passthrough(host.host(), way)))
                .toList();
    }

    Upstream upstream() {
        return way.upstream();
    }

    /** What it is sent to. */
    String cluster() {
        return way.isRouted() ? ResourceNames.raw(upstream()) : ResourceNames.passthrough(host);
    }

    /** Whether a connection is for this host and goes this way, as an expression. */
    String condition() {
        return way.and(CelText.is(SniTable.HOST, host));
    }

    /** Whether its address is asked for with each connection. */
    boolean isResolved() {
        return switch (upstream().resolution()) {
            case DNS, DYNAMIC -> true;
            case STATIC, ORIGINAL -> false;
        };
    }

    /** What is connected to where there is but one place. */
    UpstreamEndpoint endpoint() {
        return upstream().endpoints().getFirst();
    }
}
