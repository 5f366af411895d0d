package io.sallyport.compiler.explain;

import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Approach.ClientHello;
import io.sallyport.domain.decision.Approach.Connection;
import io.sallyport.domain.decision.Approach.HttpRequest;
import io.sallyport.domain.decision.Approach.Tunnel;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Upstream;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Which of its owner's ports a request is for; none where the owner lists no such port for what comes. */
record PortChoice(Map<String, Upstream> upstreams) {

    Optional<PortEntry> of(HostEntry owner, Approach approach, AskedHost asked) {
        return switch (approach) {
            case HttpRequest request -> named(reachableByHttp(owner), asked).findFirst();
            case Tunnel tunnel ->
                asked.port().isEmpty()
                        ? reachableByHttp(owner).findFirst()
                        : named(owner.ports().stream(), asked).findFirst();
            case ClientHello hello -> owner.ports().stream().findFirst();
            case Connection connection -> owner.ports().stream().findFirst();
        };
    }

    private Stream<PortEntry> reachableByHttp(HostEntry owner) {
        return owner.ports().stream()
                .filter(port -> Objects.requireNonNull(upstreams.get(port.upstream()))
                        .protocol()
                        .isReachableByHttp());
    }

    // Compared as text: 080 is not the port 80, as for all who parse no leading zeros.
    private static Stream<PortEntry> named(Stream<PortEntry> ports, AskedHost asked) {
        return ports.filter(port ->
                asked.port().isEmpty() || asked.port().contains(port.number().toString()));
    }
}
