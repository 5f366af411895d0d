package io.sallyport.push.xds;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.extension.v3.ExtensionConfigDiscoveryServiceGrpc;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.sallyport.compiler.envoy.ResourceType;
import jakarta.inject.Inject;

/** Extension configurations alone. */
@GrpcService
class ExtensionConfigDiscovery implements BindableService, ExtensionConfigDiscoveryServiceGrpc.AsyncService {
    private final DiscoveryStreams streams;

    @Inject
    ExtensionConfigDiscovery(DiscoveryStreams streams) {
        this.streams = streams;
    }

    @Override
    public StreamObserver<DiscoveryRequest> streamExtensionConfigs(StreamObserver<DiscoveryResponse> responses) {
        return streams.open(Variant.STATE_OF_THE_WORLD.ofOneType(ResourceType.EXTENSION_CONFIG), responses);
    }

    @Override
    public StreamObserver<DeltaDiscoveryRequest> deltaExtensionConfigs(
            StreamObserver<DeltaDiscoveryResponse> responses) {
        return streams.open(Variant.DELTA.ofOneType(ResourceType.EXTENSION_CONFIG), responses);
    }

    @Override
    public ServerServiceDefinition bindService() {
        return ExtensionConfigDiscoveryServiceGrpc.bindService(this);
    }
}
