package io.sallyport.push.xds;

import io.envoyproxy.envoy.service.cluster.v3.ClusterDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.sallyport.compiler.envoy.ResourceType;
import jakarta.inject.Inject;

/** Clusters alone. */
@GrpcService
class ClusterDiscovery implements BindableService, ClusterDiscoveryServiceGrpc.AsyncService {
    private final DiscoveryStreams streams;

    @Inject
    ClusterDiscovery(DiscoveryStreams streams) {
        this.streams = streams;
    }

    @Override
    public StreamObserver<DiscoveryRequest> streamClusters(StreamObserver<DiscoveryResponse> responses) {
        return streams.open(Variant.STATE_OF_THE_WORLD.ofOneType(ResourceType.CLUSTER), responses);
    }

    @Override
    public StreamObserver<DeltaDiscoveryRequest> deltaClusters(StreamObserver<DeltaDiscoveryResponse> responses) {
        return streams.open(Variant.DELTA.ofOneType(ResourceType.CLUSTER), responses);
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ClusterDiscoveryServiceGrpc.bindService(this);
    }
}
