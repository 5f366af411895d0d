package io.sallyport.push.agent;

import io.sallyport.domain.Destination.Resolution;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.destination.Subset;
import io.sallyport.domain.security.TlsOrigination;
import io.sallyport.domain.snapshot.Upstream;
import io.sallyport.push.agent.v1.AgentProtocol;

/** A place that traffic is sent to. */
final class UpstreamResource {
    private UpstreamResource() {}

    static AgentProtocol.Resource of(Upstream upstream) {
        AgentProtocol.Upstream.Builder body = AgentProtocol.Upstream.newBuilder()
                .setName(upstream.name())
                .setDestination(upstream.destination().toString())
                .setPort(upstream.port().value())
                .setTargetPort(upstream.targetPort().value())
                .setProtocol(protocol(upstream.protocol()))
                .setResolution(resolution(upstream.resolution()))
                .addAllEndpoints(upstream.endpoints().stream()
                        .map(UpstreamResource::endpoint)
                        .toList())
                .addAllSubsets(upstream.subsets().stream()
                        .map(UpstreamResource::subset)
                        .toList());
        upstream.tls().caBundle().forEach(name -> body.setCaBundle(name.toString()));
        if (!upstream.tls().equals(TlsOrigination.DEFAULT)) {
            body.setTls(TlsFields.of(upstream.tls()));
        }
        upstream.injection()
                .forEach(injection -> body.setInjection(AgentProtocol.CredentialInjection.newBuilder()
                        .setCredential(injection.credential().toString())
                        .setHeader(injection.header())
                        .setPrefix(injection.prefix())
                        .setOverwrite(injection.overwrite())));
        UpstreamSettingsFields.write(upstream.settings(), body);
        return AgentProtocol.Resource.newBuilder()
                .setName("upstream/" + upstream.name())
                .setUpstream(body)
                .build();
    }

    private static AgentProtocol.Upstream.Protocol protocol(DestinationPort.Protocol protocol) {
        return switch (protocol) {
            case HTTP -> AgentProtocol.Upstream.Protocol.PROTOCOL_HTTP;
            case HTTPS -> AgentProtocol.Upstream.Protocol.PROTOCOL_HTTPS;
            case HTTP2 -> AgentProtocol.Upstream.Protocol.PROTOCOL_HTTP2;
            case GRPC -> AgentProtocol.Upstream.Protocol.PROTOCOL_GRPC;
            case TLS -> AgentProtocol.Upstream.Protocol.PROTOCOL_TLS;
            case TCP -> AgentProtocol.Upstream.Protocol.PROTOCOL_TCP;
        };
    }

    private static AgentProtocol.Upstream.Resolution resolution(Resolution resolution) {
        return switch (resolution) {
            case DNS -> AgentProtocol.Upstream.Resolution.RESOLUTION_DNS;
            case STATIC -> AgentProtocol.Upstream.Resolution.RESOLUTION_STATIC;
            case DYNAMIC -> AgentProtocol.Upstream.Resolution.RESOLUTION_DYNAMIC;
            case ORIGINAL -> AgentProtocol.Upstream.Resolution.RESOLUTION_ORIGINAL;
        };
    }

    private static AgentProtocol.Endpoint endpoint(Upstream.UpstreamEndpoint endpoint) {
        return AgentProtocol.Endpoint.newBuilder()
                .setAddress(endpoint.address())
                .setPort(endpoint.port().value())
                .setWeight(endpoint.weight())
                .setLocality(endpoint.locality())
                .putAllLabels(endpoint.labels())
                .build();
    }

    private static AgentProtocol.Subset subset(Subset subset) {
        return AgentProtocol.Subset.newBuilder()
                .setName(subset.name().value())
                .putAllLabels(subset.labels())
                .build();
    }
}
