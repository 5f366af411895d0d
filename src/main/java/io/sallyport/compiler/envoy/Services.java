package io.sallyport.compiler.envoy;

import static java.util.Objects.requireNonNull;
import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.sallyport.domain.security.TlsOrigination;
import io.sallyport.domain.snapshot.EffectivePolicy;
import io.sallyport.domain.snapshot.PolicyService;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.Upstream;
import io.sallyport.domain.snapshot.Upstream.UpstreamEndpoint;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The services that policies ask, as Envoy asks them by itself, past the guard of names: each has a cluster of its own that
 * comes to no address which is refused, and names itself in TLS, whatever host the question is about.
 */
final class Services {
    private static final String NAME = "asked/";

    private final Map<String, Upstream> upstreams;
    private final WayOut wayOut;

    Services(Snapshot snapshot) {
        this.upstreams = snapshot.upstreams().stream().collect(toMap(Upstream::name, identity()));
        this.wayOut = WayOut.of(snapshot);
    }

    /** Where one is asked, and for which host. */
    record Asked(String cluster, String authority) {}

    /** Where it is asked. */
    Asked of(PolicyService service) {
        Upstream upstream = upstream(service);
        if (!Copies.areByName(upstream, wayOut)) {
            return new Asked(NAME + upstream.name(), service.host());
        }
        UpstreamEndpoint named = upstream.endpoints().getFirst();
        return new Asked(NAME + upstream.name(), Copies.authority(named.address(), named.port(), upstream));
    }

    /** All that these policies ask. */
    List<Asked> of(Collection<EffectivePolicy> policies) {
        return policies.stream()
                .flatMap(policy -> policy.services().stream())
                .map(this::of)
                .toList();
    }

    /** What it leads to. */
    Stream<Upstream> upstreams(PolicyService service) {
        Upstream upstream = upstream(service);
        return Copies.sentByEnvoy(NAME + upstream.name(), upstream, named(service, upstream.tls()), wayOut).stream();
    }

    // No question is for the service's own host.
    private static TlsOrigination named(PolicyService service, TlsOrigination tls) {
        return new TlsOrigination(
                tls.mode(),
                tls.serverName().isEmpty() ? List.of(service.host()) : tls.serverName(),
                tls.subjectAltNames().isEmpty() ? List.of(service.host()) : tls.subjectAltNames(),
                tls.caBundle(),
                tls.clientCertificate(),
                tls.versions(),
                tls.cipherSuites(),
                tls.alpn(),
                tls.unverified());
    }

    private Upstream upstream(PolicyService service) {
        return requireNonNull(upstreams.get(service.upstream()));
    }
}
