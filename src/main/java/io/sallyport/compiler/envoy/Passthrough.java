package io.sallyport.compiler.envoy;

import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.Upstream;
import io.sallyport.domain.snapshot.Upstream.UpstreamEndpoint;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A host of a TLS listener and where it leads: that is its first port, since a server name has none. */
record Passthrough(HostPattern host, Upstream upstream) {

    static List<Passthrough> of(ListenerSnapshot listener, Map<String, Upstream> upstreams) {
        return of(listener.hosts(), upstreams);
    }

    static List<Passthrough> of(Collection<HostEntry> hosts, Map<String, Upstream> upstreams) {
        return hosts.stream()
                .filter(host -> !host.ports().isEmpty())
                .map(host -> new Passthrough(
                        host.host(),
                        Objects.requireNonNull(
                                upstreams.get(host.ports().getFirst().upstream()))))
                .toList();
    }

    /** Whether its address is asked for with each connection. */
    boolean isResolved() {
        return switch (upstream.resolution()) {
            case DNS, DYNAMIC -> true;
            case STATIC, ORIGINAL -> false;
        };
    }

    /** What is connected to where there is but one place. */
    UpstreamEndpoint endpoint() {
        return upstream.endpoints().getFirst();
    }
}
