package io.sallyport.local.conformance;

import com.google.protobuf.Any;
import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.GenericSecret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.sallyport.compiler.envoy.ResourceType;

/** Resources that differ in a number. */
final class SampleResource {
    private SampleResource() {}

    static Any of(ResourceType type, String name, int content) {
        return Any.pack(message(type, name, content));
    }

    private static Message message(ResourceType type, String name, int content) {
        return switch (type) {
            case CLUSTER ->
                Cluster.newBuilder()
                        .setName(name)
                        .setAltStatName("content-" + content)
                        .build();
            case ENDPOINTS ->
                ClusterLoadAssignment.newBuilder()
                        .setClusterName(name)
                        .setPolicy(ClusterLoadAssignment.Policy.newBuilder()
                                .setOverprovisioningFactor(UInt32Value.of(100 + content)))
                        .build();
            case LISTENER ->
                Listener.newBuilder()
                        .setName(name)
                        .setStatPrefix("content-" + content)
                        .build();
            case ROUTES ->
                RouteConfiguration.newBuilder()
                        .setName(name)
                        .addRequestHeadersToRemove("content-" + content)
                        .build();
            case EXTENSION_CONFIG ->
                TypedExtensionConfig.newBuilder()
                        .setName(name)
                        .setTypedConfig(Any.pack(StringValue.of("content-" + content)))
                        .build();
            case SECRET ->
                Secret.newBuilder()
                        .setName(name)
                        .setGenericSecret(GenericSecret.newBuilder().setSecret(inline("content-" + content)))
                        .build();
        };
    }

    /** The name that a body says it has. */
    static String name(Any body) {
        ResourceType type = ResourceType.ofTypeUrl(body.getTypeUrl())
                .orElseThrow(() -> new BrokenClaim("a resource of type " + body.getTypeUrl()));
        try {
            return switch (type) {
                case CLUSTER -> body.unpack(Cluster.class).getName();
                case ENDPOINTS -> body.unpack(ClusterLoadAssignment.class).getClusterName();
                case LISTENER -> body.unpack(Listener.class).getName();
                case ROUTES -> body.unpack(RouteConfiguration.class).getName();
                case EXTENSION_CONFIG -> body.unpack(TypedExtensionConfig.class).getName();
                case SECRET -> body.unpack(Secret.class).getName();
            };
        } catch (InvalidProtocolBufferException malformed) {
            throw new BrokenClaim("a resource that cannot be read: " + malformed.getMessage());
        }
    }

    private static DataSource inline(String text) {
        return DataSource.newBuilder()
                .setInlineBytes(ByteString.copyFromUtf8(text))
                .build();
    }
}
