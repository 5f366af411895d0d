package io.sallyport.local.conformance;

import io.envoyproxy.envoy.service.cluster.v3.ClusterDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.endpoint.v3.EndpointDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.extension.v3.ExtensionConfigDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.listener.v3.ListenerDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.route.v3.RouteDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.secret.v3.SecretDiscoveryServiceGrpc;
import io.grpc.MethodDescriptor;
import io.sallyport.compiler.envoy.ResourceType;

/** Where a stream is opened: for all types, or for one. */
record Service(
        MethodDescriptor<DeltaDiscoveryRequest, DeltaDiscoveryResponse> delta,
        MethodDescriptor<DiscoveryRequest, DiscoveryResponse> state) {
    static final Service AGGREGATED = new Service(
            AggregatedDiscoveryServiceGrpc.getDeltaAggregatedResourcesMethod(),
            AggregatedDiscoveryServiceGrpc.getStreamAggregatedResourcesMethod());

    static Service of(ResourceType type) {
        return switch (type) {
            case CLUSTER ->
                new Service(
                        ClusterDiscoveryServiceGrpc.getDeltaClustersMethod(),
                        ClusterDiscoveryServiceGrpc.getStreamClustersMethod());
            case ENDPOINTS ->
                new Service(
                        EndpointDiscoveryServiceGrpc.getDeltaEndpointsMethod(),
                        EndpointDiscoveryServiceGrpc.getStreamEndpointsMethod());
            case LISTENER ->
                new Service(
                        ListenerDiscoveryServiceGrpc.getDeltaListenersMethod(),
                        ListenerDiscoveryServiceGrpc.getStreamListenersMethod());
            case ROUTES ->
                new Service(
                        RouteDiscoveryServiceGrpc.getDeltaRoutesMethod(),
                        RouteDiscoveryServiceGrpc.getStreamRoutesMethod());
            case EXTENSION_CONFIG ->
                new Service(
                        ExtensionConfigDiscoveryServiceGrpc.getDeltaExtensionConfigsMethod(),
                        ExtensionConfigDiscoveryServiceGrpc.getStreamExtensionConfigsMethod());
            case SECRET ->
                new Service(
                        SecretDiscoveryServiceGrpc.getDeltaSecretsMethod(),
                        SecretDiscoveryServiceGrpc.getStreamSecretsMethod());
        };
    }
}
