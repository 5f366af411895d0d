package io.sallyport.compiler.envoy;

import com.google.protobuf.Any;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A snapshot as one Envoy configuration, for people and for {@code envoy --mode validate}: whatever a gateway would ask
 * for by name stands where it is named.
 */
public final class EnvoyConfigView {
    private static final String DISCOVERED_FILTER = "config_discovery";
    private static final String DISCOVERED_ACTION = "dynamic_config";

    private static final String REDACTED = "[redacted]";
    // What a bootstrap has to have before a listener may be one that only this Envoy can connect to.
    private static final Map<String, Object> INNER_LISTENERS = sorted(Map.of(
            "name",
            "envoy.bootstrap.internal_listener",
            "typed_config",
            Map.of("@type", "type.googleapis.com/envoy.extensions.bootstrap.internal_listener.v3.InternalListener")));

    // And before the credential for a forward proxy goes with a tunnel, which filters add.
    private static final Map<String, Object> FILTERED_TUNNELS = sorted(Map.of(
            "name",
            "sallyport",
            "static_layer",
            Map.of("envoy.restart_features.upstream_http_filters_with_tcp_proxy", true)));

    private final EnvoySnapshot snapshot;

    private EnvoyConfigView(EnvoySnapshot snapshot) {
        this.snapshot = snapshot;
    }

    /** For people: maps, lists, texts, numbers and booleans, ready to be written as JSON or YAML; without secrets. */
    public static SequencedMap<String, Object> of(EnvoySnapshot snapshot) {
        return new EnvoyConfigView(snapshot).tree(EnvoyConfigView::redacted);
    }

    /** The same with its secrets, for an Envoy that runs without a control plane. Not to be shown to anybody. */
    public static SequencedMap<String, Object> withSecrets(EnvoySnapshot snapshot) {
        return new EnvoyConfigView(snapshot).tree(secret -> secret);
    }

    private SequencedMap<String, Object> tree(UnaryOperator<Object> showingSecrets) {
        SequencedMap<String, Object> resources = new LinkedHashMap<>();
        resources.put("listeners", all(ResourceType.LISTENER));
        resources.put("clusters", all(ResourceType.CLUSTER));
        if (!snapshot.ofType(ResourceType.SECRET).isEmpty()) {
            resources.put(
                    "secrets",
                    all(ResourceType.SECRET).stream().map(showingSecrets).toList());
        }
        SequencedMap<String, Object> root = new LinkedHashMap<>();
        root.put("static_resources", resources);
        if (hasInnerListeners() || isProxied()) {
            root.put("bootstrap_extensions", List.of(INNER_LISTENERS));
        }
        if (isProxied()) {
            root.put("layered_runtime", Map.of("layers", List.of(FILTERED_TUNNELS)));
        }
        return root;
    }

    // What has no order of its own would come in another at each start.
    private static Map<String, Object> sorted(Map<String, Object> map) {
        return Collections.unmodifiableSortedMap(new TreeMap<>(map));
    }

    // A secret is texts under names that say what they are.
    static Object redacted(Object tree) {
        if (tree instanceof List<?> list) {
            return list.stream().map(EnvoyConfigView::redacted).toList();
        }
        if (!(tree instanceof Map<?, ?> map)) {
            return tree;
        }
        Map<String, Object> result = new LinkedHashMap<>();
        map.forEach((key, value) -> result.put(
                String.valueOf(key), String.valueOf(key).startsWith("inline_") ? REDACTED : redacted(value)));
        return result;
    }

    private boolean isProxied() {
        return !WayOut.of(snapshot.source()).proxy().isEmpty();
    }

    private boolean hasInnerListeners() {
        return snapshot.source().listeners().size()
                < snapshot.ofType(ResourceType.LISTENER).size();
    }

    private List<Object> all(ResourceType type) {
        return snapshot.ofType(type).values().stream()
                .map(resource -> settled(MessageTree.of(MessageTypes.unpack(resource.body()))))
                .toList();
    }

    private Object settled(Object tree) {
        return switch (tree) {
            case Map<?, ?> map -> settledMap(map);
            case List<?> list -> list.stream().map(this::settled).toList();
            default -> tree;
        };
    }

    private Map<String, Object> settledMap(Map<?, ?> map) {
        Map<String, Object> result = new LinkedHashMap<>();
        map.forEach((key, value) -> put(result, map, String.valueOf(key), value));
        return result;
    }

    private void put(Map<String, Object> result, Map<?, ?> parent, String key, Object value) {
        switch (key) {
            case DISCOVERED_FILTER -> result.put("typed_config", extension(text(parent, "name")));
            case DISCOVERED_ACTION -> result.put("typed_config", filter(text((Map<?, ?>) value, "name")));
            case "rds" -> result.put("route_config", routes(text((Map<?, ?>) value, "route_config_name")));
            // Without a source, a secret is one of the same configuration.
            case "sds_config" -> {}
            case "eds_cluster_config" -> {
                result.put("type", "STATIC");
                result.put("load_assignment", endpoints(text((Map<?, ?>) value, "service_name")));
            }
            default -> result.putIfAbsent(key, settled(value));
        }
    }

    private Map<String, Object> filter(String name) {
        Map<String, Object> filter = new LinkedHashMap<>();
        filter.put("name", name);
        filter.put("typed_config", extension(name));
        return filter;
    }

    private Object extension(String name) {
        Map<String, Object> config = MessageTree.of(MessageTypes.unpack(body(ResourceType.EXTENSION_CONFIG, name)));
        return settled(config.getOrDefault("typed_config", Map.of()));
    }

    private Object routes(String name) {
        return MessageTree.of(MessageTypes.unpack(body(ResourceType.ROUTES, name)));
    }

    private Object endpoints(String name) {
        return MessageTree.of(MessageTypes.unpack(body(ResourceType.ENDPOINTS, name)));
    }

    private Any body(ResourceType type, String name) {
        EnvoyResource resource = snapshot.ofType(type).get(name);
        if (resource == null) {
            throw new IllegalArgumentException("the snapshot has no %s %s".formatted(type, name));
        }
        return resource.body();
    }

    private static String text(Map<?, ?> map, String key) {
        return String.valueOf(map.get(key));
    }
}
