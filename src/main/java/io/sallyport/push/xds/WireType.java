package io.sallyport.push.xds;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.sallyport.compiler.envoy.EnvoyResource;
import io.sallyport.compiler.envoy.ResourceType;
import java.util.Comparator;
import java.util.Optional;

/** How Envoy treats a type of resource; one that we do not know is treated as one of which there is nothing. */
record WireType(String url) {
    private static final String VIRTUAL_HOST = "type.googleapis.com/envoy.config.route.v3.VirtualHost";
    private static final int FIRST_ANSWER = 2 << 20;
    private static final String GONE = "gone";

    Optional<ResourceType> known() {
        return ResourceType.ofTypeUrl(url);
    }

    /** Whether a first request without names asks for everything. Elsewhere that would hand out what nobody asked for. */
    boolean hasLegacyWildcard() {
        return isStateful() || url.equals(VIRTUAL_HOST);
    }

    /** Whether a response of the state of the world holds all there is, so that what is not in it is removed. */
    boolean isStateful() {
        return url.equals(ResourceType.LISTENER.typeUrl()) || url.equals(ResourceType.CLUSTER.typeUrl());
    }

    /** A client starts with all listeners and clusters or none; later, and elsewhere, one resource takes the blame. */
    int bytesInFirstAnswer() {
        return isStateful() ? FIRST_ANSWER : 1;
    }

    /** What takes the place of a removed resource where Envoy ignores removals. */
    Optional<EnvoyResource> inPlaceOfRemoved(String name) {
        return known().flatMap(type -> switch (type) {
            case ROUTES ->
                Optional.of(empty(
                        type,
                        name,
                        Any.pack(RouteConfiguration.newBuilder().setName(name).build())));
            case ENDPOINTS ->
                Optional.of(empty(
                        type,
                        name,
                        Any.pack(ClusterLoadAssignment.newBuilder()
                                .setClusterName(name)
                                .build())));
            case CLUSTER, LISTENER, EXTENSION_CONFIG, SECRET -> Optional.empty();
        });
    }

    /** Whether that is the version of what takes the place of a removed resource. */
    static boolean isInPlaceOfRemoved(String version) {
        return version.equals(GONE);
    }

    private static EnvoyResource empty(ResourceType type, String name, Any body) {
        return new EnvoyResource(type, name, GONE, body);
    }

    /** Rules refer to the classes of sources, so those come first. */
    Comparator<String> order() {
        return Comparator.<String, Boolean>comparing(name -> name.contains("/rules/"))
                .thenComparing(Comparator.naturalOrder());
    }
}
