package io.sallyport.compiler;

import io.sallyport.domain.destination.LoadBalancer;
import io.sallyport.domain.destination.UpstreamSettings;
import io.sallyport.domain.security.TlsOrigination;
import io.sallyport.domain.snapshot.Upstream;
import io.sallyport.domain.snapshot.Upstream.UpstreamEndpoint;
import java.util.List;
import java.util.SortedMap;

/** How an upstream enters a hash. */
final class UpstreamEncoding {
    private UpstreamEncoding() {}

    static void encode(ContentHash hash, Upstream upstream) {
        hash.text(upstream.name())
                .text(upstream.destination())
                .number(upstream.port().value())
                .number(upstream.targetPort().value())
                .text(upstream.protocol())
                .text(upstream.resolution())
                .list(upstream.endpoints(), endpoint -> encode(hash, endpoint))
                .list(upstream.subsets(), subset -> labels(hash.text(subset.name()), subset.labels()))
                .list(asked(upstream.tls()), tls -> encode(hash, tls))
                .list(upstream.injection(), injection -> PolicyEncoding.encode(hash, injection));
        encode(hash, upstream.settings());
    }

    private static List<TlsOrigination> asked(TlsOrigination tls) {
        return tls.equals(TlsOrigination.DEFAULT) ? List.of() : List.of(tls);
    }

    private static void encode(ContentHash hash, TlsOrigination tls) {
        hash.text(tls.mode())
                .texts(tls.serverName())
                .texts(tls.subjectAltNames())
                .texts(tls.caBundle())
                .texts(tls.clientCertificate())
                .text(tls.versions())
                .texts(tls.cipherSuites())
                .texts(tls.alpn())
                .list(
                        tls.unverified(),
                        exception -> hash.text(exception.until())
                                .text(exception.reason())
                                .text(exception.over()));
    }

    private static void encode(ContentHash hash, UpstreamEndpoint endpoint) {
        hash.text(endpoint.address())
                .number(endpoint.port().value())
                .number(endpoint.weight())
                .text(endpoint.locality());
        labels(hash, endpoint.labels());
    }

    private static void labels(ContentHash hash, SortedMap<String, String> labels) {
        hash.list(labels.entrySet(), label -> hash.text(label.getKey()).text(label.getValue()));
    }

    // A record of nothing but numbers, times and choices prints without ambiguity.
    private static void encode(ContentHash hash, UpstreamSettings settings) {
        hash.text(settings.dns())
                .text(settings.connection())
                .texts(settings.outlierDetection())
                .list(settings.healthCheck(), check -> hash.text(check.path()).text(check))
                .texts(settings.addressGuard());
        encode(hash, settings.loadBalancer());
    }

    private static void encode(ContentHash hash, LoadBalancer balancer) {
        hash.text(balancer.policy()).texts(balancer.hashHeader()).texts(balancer.localities());
    }
}
