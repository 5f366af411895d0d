package io.sallyport.push.xds;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.secret.v3.SecretDiscoveryServiceGrpc;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.sallyport.compiler.envoy.ResourceType;
import jakarta.inject.Inject;

/** Secrets alone. */
@GrpcService
class SecretDiscovery implements BindableService, SecretDiscoveryServiceGrpc.AsyncService {
    private final DiscoveryStreams streams;

    @Inject
    SecretDiscovery(DiscoveryStreams streams) {
        this.streams = streams;
    }

    @Override
    public StreamObserver<DiscoveryRequest> streamSecrets(StreamObserver<DiscoveryResponse> responses) {
        return streams.open(Variant.STATE_OF_THE_WORLD.ofOneType(ResourceType.SECRET), responses);
    }

    @Override
    public StreamObserver<DeltaDiscoveryRequest> deltaSecrets(StreamObserver<DeltaDiscoveryResponse> responses) {
        return streams.open(Variant.DELTA.ofOneType(ResourceType.SECRET), responses);
    }

    @Override
    public ServerServiceDefinition bindService() {
        return SecretDiscoveryServiceGrpc.bindService(this);
    }
}
