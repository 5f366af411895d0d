package io.sallyport.local;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.Parser;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.listener.v3.Filter;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.extensions.common.matching.v3.ExtensionWithMatcher;
import io.envoyproxy.envoy.extensions.filters.http.composite.v3.ExecuteFilterAction;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.Rds;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SdsSecretConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.sallyport.compiler.envoy.ResourceType;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Which other resources a resource makes an Envoy ask for: found by walking all of it. */
public final class EnvoyReferences {
    private static final Map<String, Parser<? extends Message>> INSIDE = Map.of(
            Cluster.getDescriptor().getFullName(), Cluster.parser(),
            Listener.getDescriptor().getFullName(), Listener.parser(),
            TypedExtensionConfig.getDescriptor().getFullName(), TypedExtensionConfig.parser(),
            HttpConnectionManager.getDescriptor().getFullName(), HttpConnectionManager.parser(),
            ExtensionWithMatcher.getDescriptor().getFullName(), ExtensionWithMatcher.parser(),
            ExecuteFilterAction.getDescriptor().getFullName(), ExecuteFilterAction.parser(),
            DownstreamTlsContext.getDescriptor().getFullName(), DownstreamTlsContext.parser(),
            UpstreamTlsContext.getDescriptor().getFullName(), UpstreamTlsContext.parser());

    private final Map<ResourceType, Set<String>> names = new EnumMap<>(ResourceType.class);

    private EnvoyReferences() {}

    public static Map<ResourceType, Set<String>> in(Any resource) {
        EnvoyReferences references = new EnvoyReferences();
        references.walkInside(resource);
        return references.names;
    }

    private void walk(Message message) {
        note(message);
        message.getAllFields().values().forEach(this::walkValue);
    }

    private void walkValue(Object value) {
        switch (value) {
            case Any any -> walkInside(any);
            case Message message -> walk(message);
            case Collection<?> many -> many.forEach(this::walkValue);
            default -> {}
        }
    }

    private void walkInside(Any any) {
        String type = any.getTypeUrl().substring(any.getTypeUrl().lastIndexOf('/') + 1);
        Parser<? extends Message> parser = INSIDE.get(type);
        if (parser == null) {
            return;
        }
        try {
            walk(parser.parseFrom(any.getValue()));
        } catch (InvalidProtocolBufferException broken) {
            throw new IllegalArgumentException("a resource of type %s cannot be read".formatted(type), broken);
        }
    }

    private void note(Message message) {
        switch (message) {
            case Cluster cluster
            when cluster.hasEdsClusterConfig() -> {
                String service = cluster.getEdsClusterConfig().getServiceName();
                add(ResourceType.ENDPOINTS, service.isEmpty() ? cluster.getName() : service);
            }
            case SdsSecretConfig secret -> add(ResourceType.SECRET, secret.getName());
            case Rds rds -> add(ResourceType.ROUTES, rds.getRouteConfigName());
            case HttpFilter filter
            when filter.hasConfigDiscovery() -> add(ResourceType.EXTENSION_CONFIG, filter.getName());
            case Filter filter when filter.hasConfigDiscovery() -> add(ResourceType.EXTENSION_CONFIG, filter.getName());
            case ExecuteFilterAction action
            when action.hasDynamicConfig() ->
                add(ResourceType.EXTENSION_CONFIG, action.getDynamicConfig().getName());
            default -> {}
        }
    }

    private void add(ResourceType type, String name) {
        names.computeIfAbsent(type, ignored -> new TreeSet<>()).add(name);
    }
}
