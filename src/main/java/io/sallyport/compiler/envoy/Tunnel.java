package io.sallyport.compiler.envoy;

import com.google.protobuf.ByteString;
import io.envoyproxy.envoy.config.common.mutation_rules.v3.HeaderMutation;
import io.envoyproxy.envoy.extensions.common.dynamic_forward_proxy.v3.DnsCacheConfig;
import io.sallyport.domain.Destination.Resolution;
import io.sallyport.domain.destination.DnsSettings;
import io.sallyport.domain.destination.UpstreamSettings;
import io.sallyport.domain.gateway.AddressPolicy;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.snapshot.Upstream;
import io.sallyport.domain.snapshot.Upstream.UpstreamEndpoint;
import java.util.List;

/** Where a tunnel leads that must carry TLS: the same place as requests, without TLS of our own. */
record Tunnel(Upstream upstream) {
    private static final int DIGITS = 8;

    /** Whether the name inside has to be that of the authority. */
    static boolean isInspected(Upstream upstream) {
        return switch (upstream.protocol()) {
            case HTTPS, TLS -> true;
            case HTTP, HTTP2, GRPC, TCP -> false;
        };
    }

    String cluster() {
        return ResourceNames.TUNNEL + upstream.name();
    }

    boolean isResolved() {
        return upstream.resolution() != Resolution.STATIC;
    }

    /** Which resolver it asks, among those of its gateway: a short hash of how that differs, empty for the common one. */
    String key() {
        UpstreamSettings settings = upstream.settings();
        boolean isCommon = settings.addressGuard().isEmpty() && settings.dns().equals(DnsSettings.DEFAULT);
        if (isCommon || !isResolved()) {
            return "";
        }
        String differing = settings.addressGuard() + " " + settings.dns();
        return Encoding.digest(ByteString.copyFromUtf8(differing)).substring(0, DIGITS);
    }

    /** What that resolver remembers: nothing that the destination or its gateway refuses. */
    DnsCacheConfig cache(AddressPolicy policy) {
        UpstreamSettings settings = upstream.settings();
        return DnsCache.of(new AddressGuard(policy, settings.addressGuard()), settings.dns());
    }

    /** What its route tells the inner listener. */
    List<HeaderMutation> stamps() {
        return switch (upstream.resolution()) {
            case STATIC -> stamps(ResolverTable.NOTHING_TO_RESOLVE, upstream.targetPort());
            case DNS -> chosen(new EndpointChoice(upstream.endpoints()));
            // The host of the authority.
            case DYNAMIC, ORIGINAL -> List.of(named(), port(upstream.targetPort()));
        };
    }

    private List<HeaderMutation> stamps(String host, PortNumber port) {
        return List.of(named(), Headers.set(Headers.TUNNEL_HOST, host), port(port));
    }

    // A cluster that resolves connects to one name: another for each tunnel, by weight.
    private List<HeaderMutation> chosen(EndpointChoice choice) {
        return List.of(
                named(),
                Headers.set(Headers.TUNNEL_HOST, choice.formatOf(UpstreamEndpoint::address)),
                Headers.set(Headers.TUNNEL_PORT, choice.formatOf(UpstreamEndpoint::port)));
    }

    private HeaderMutation named() {
        return Headers.set(Headers.TUNNEL, cluster());
    }

    private static HeaderMutation port(PortNumber port) {
        return Headers.set(Headers.TUNNEL_PORT, port.toString());
    }
}
