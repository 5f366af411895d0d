package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.sallyport.domain.snapshot.Upstream;
import io.sallyport.domain.snapshot.Upstream.UpstreamEndpoint;

/** The endpoints of an upstream, for the cluster that sends to it. */
final class Endpoints {
    private Endpoints() {}

    static ClusterLoadAssignment of(String cluster, Upstream upstream) {
        return ClusterLoadAssignment.newBuilder()
                .setClusterName(cluster)
                .addEndpoints(LocalityLbEndpoints.newBuilder()
                        .addAllLbEndpoints(upstream.endpoints().stream()
                                .map(Endpoints::endpoint)
                                .toList()))
                .build();
    }

    private static LbEndpoint endpoint(UpstreamEndpoint endpoint) {
        return LbEndpoint.newBuilder()
                .setEndpoint(Endpoint.newBuilder().setAddress(Addresses.socket(endpoint.address(), endpoint.port())))
                .build();
    }
}
