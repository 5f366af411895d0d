package io.sallyport.push.xds;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.route.v3.RouteDiscoveryServiceGrpc;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.sallyport.compiler.envoy.ResourceType;
import jakarta.inject.Inject;

/** Routes alone. */
@GrpcService
class RouteDiscovery implements BindableService, RouteDiscoveryServiceGrpc.AsyncService {
    private final DiscoveryStreams streams;

    @Inject
    RouteDiscovery(DiscoveryStreams streams) {
        this.streams = streams;
    }

    @Override
    public StreamObserver<DiscoveryRequest> streamRoutes(StreamObserver<DiscoveryResponse> responses) {
        return streams.open(Variant.STATE_OF_THE_WORLD.ofOneType(ResourceType.ROUTES), responses);
    }

    @Override
    public StreamObserver<DeltaDiscoveryRequest> deltaRoutes(StreamObserver<DeltaDiscoveryResponse> responses) {
        return streams.open(Variant.DELTA.ofOneType(ResourceType.ROUTES), responses);
    }

    @Override
    public ServerServiceDefinition bindService() {
        return RouteDiscoveryServiceGrpc.bindService(this);
    }
}
