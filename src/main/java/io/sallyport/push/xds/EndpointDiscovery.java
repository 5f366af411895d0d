package io.sallyport.push.xds;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.endpoint.v3.EndpointDiscoveryServiceGrpc;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.sallyport.compiler.envoy.ResourceType;
import jakarta.inject.Inject;

/** Endpoints alone. */
@GrpcService
class EndpointDiscovery implements BindableService, EndpointDiscoveryServiceGrpc.AsyncService {
    private final DiscoveryStreams streams;

    @Inject
    EndpointDiscovery(DiscoveryStreams streams) {
        this.streams = streams;
    }

    @Override
    public StreamObserver<DiscoveryRequest> streamEndpoints(StreamObserver<DiscoveryResponse> responses) {
        return streams.open(Variant.STATE_OF_THE_WORLD.ofOneType(ResourceType.ENDPOINTS), responses);
    }

    @Override
    public StreamObserver<DeltaDiscoveryRequest> deltaEndpoints(StreamObserver<DeltaDiscoveryResponse> responses) {
        return streams.open(Variant.DELTA.ofOneType(ResourceType.ENDPOINTS), responses);
    }

    @Override
    public ServerServiceDefinition bindService() {
        return EndpointDiscoveryServiceGrpc.bindService(this);
    }
}
