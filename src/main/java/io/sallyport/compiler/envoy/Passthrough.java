package io.sallyport.compiler.envoy;

import io.sallyport.domain.Destination.Resolution;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.Upstream;
import io.sallyport.domain.snapshot.Upstream.UpstreamEndpoint;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A host of a TLS listener and where it leads: that is its first port, since a server name has none. */
record Passthrough(HostPattern host, Upstream upstream) {

    static List<Passthrough> of(ListenerSnapshot listener, Map<String, Upstream> upstreams) {
        return listener.hosts().stream()
                .filter(host -> !host.ports().isEmpty())
                .map(host -> new Passthrough(
                        host.host(),
                        Objects.requireNonNull(
                                upstreams.get(host.ports().getFirst().upstream()))))
                .toList();
    }

    boolean isResolved() {
        return upstream.resolution() == Resolution.DNS;
    }

    /** What a cluster that resolves connects to: one name alone. */
    UpstreamEndpoint endpoint() {
        return upstream.endpoints().getFirst();
    }
}
