package io.sallyport.compiler.envoy;

import io.sallyport.domain.Destination.Resolution;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.destination.UpstreamSettings;
import io.sallyport.domain.security.JwtProvider;
import io.sallyport.domain.security.RemoteKeys;
import io.sallyport.domain.security.TlsOrigination;
import io.sallyport.domain.snapshot.PoliciesInForce;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.Upstream;
import java.util.List;
import java.util.stream.Stream;

/**
 * The ways to the keys that gateways fetch by themselves: over TLS that is verified, to addresses that the gateway may
 * connect to, as to any destination.
 */
final class RemoteKeyCluster {
    private static final Name KEYS = new Name("keys");
    private static final int DIGITS = 16;

    private RemoteKeyCluster() {}

    static Stream<Part> parts(Snapshot snapshot) {
        var wayOut = WayOut.of(snapshot);
        var policies = PoliciesInForce.of(snapshot.policies());
        return snapshot.listeners().stream()
                .flatMap(policies::anywhereAt)
                .flatMap(policy -> policy.jwt().stream())
                .map(JwtProvider::remote)
                .flatMap(List::stream)
                .map(RemoteKeyCluster::upstream)
                .distinct()
                .map(upstream -> new Part(
                        ResourceType.CLUSTER,
                        upstream.name(),
                        List.of(upstream, snapshot.addressPolicy(), wayOut),
                        () -> new HttpCluster(snapshot.addressPolicy(), wayOut).of(upstream, "")));
    }

    /** What the cluster is called. */
    static String name(RemoteKeys keys) {
        String place = keys.host() + ":" + keys.port() + keys.caBundle();
        return "keys/"
                + Encoding.digest(com.google.protobuf.ByteString.copyFromUtf8(place))
                        .substring(0, DIGITS);
    }

    // Envoy fetches them by itself, where a filter that judges addresses sees nothing: so they are judged as they are
    // resolved.
    private static Upstream upstream(RemoteKeys keys) {
        return new Upstream(
                name(keys),
                new ResourceName(KEYS, KEYS),
                keys.port(),
                keys.port(),
                Protocol.HTTPS,
                Resolution.DYNAMIC,
                List.of(),
                List.of(),
                UpstreamSettings.DEFAULT,
                keys.caBundle().stream()
                        .map(TlsOrigination::trusting)
                        .findFirst()
                        .orElse(TlsOrigination.DEFAULT),
                List.of());
    }
}
