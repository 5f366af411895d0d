package io.sallyport.compiler.envoy;

import java.util.Arrays;
import java.util.Optional;

/** The types of Envoy resource that we emit. */
public enum ResourceType {
    CLUSTER("envoy.config.cluster.v3.Cluster"),
    ENDPOINTS("envoy.config.endpoint.v3.ClusterLoadAssignment"),
    LISTENER("envoy.config.listener.v3.Listener"),
    ROUTES("envoy.config.route.v3.RouteConfiguration"),
    EXTENSION_CONFIG("envoy.config.core.v3.TypedExtensionConfig"),
    SECRET("envoy.extensions.transport_sockets.tls.v3.Secret");

    private static final String PREFIX = "type.googleapis.com/";
    private final String typeUrl;

    ResourceType(String message) {
        this.typeUrl = PREFIX + message;
    }

    public String typeUrl() {
        return typeUrl;
    }

    public static Optional<ResourceType> ofTypeUrl(String typeUrl) {
        return Arrays.stream(values())
                .filter(type -> type.typeUrl.equals(typeUrl))
                .findFirst();
    }
}
