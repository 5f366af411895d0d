package io.sallyport.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.compiler.envoy.Report;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The configuration of a gateway less its policy: the same listener, hosts, clusters and connections, and the same line of
 * the access log but for what it says of decisions. No filter is left but the router, no route stamps anything, and nothing
 * is taken from a request.
 */
record PlainConfiguration(ObjectNode tree) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String RBAC = "type.googleapis.com/envoy.extensions.filters.http.rbac.v3.RBAC";
    private static final String LINES = "envoy.access_loggers.stdout";
    private static final String REPORTS = "envoy.access_loggers.http_grpc";
    private static final List<String> OF_DECISIONS = List.of("action", "rule", "reason", "shadow", "shadowAction");

    /** Of what a gateway with one listener runs, at another port. */
    static PlainConfiguration of(Map<String, Object> gateway, int port) {
        var plain = new PlainConfiguration(JSON.valueToTree(gateway));
        plain.logPlainly();
        plain.keepOnlyRouter();
        plain.stampNothing();
        return plain.at(port);
    }

    /** The same, that reports what it reports of plain requests to somebody on that port of loopback. */
    PlainConfiguration reporting(Map<String, Object> gateway, int service) {
        var reporting = new PlainConfiguration(tree.deepCopy());
        JsonNode report =
                new PlainConfiguration(JSON.valueToTree(gateway)).logs(REPORTS).getFirst();
        ((ObjectNode) report).remove("filter");
        ((ArrayNode) reporting.manager().get("access_log")).add(report);
        ((ArrayNode) reporting.tree.at("/static_resources/clusters")).add(JSON.valueToTree(cluster(service)));
        return reporting;
    }

    private static Map<String, Object> cluster(int service) {
        Map<String, Object> address = Map.of("socket_address", Map.of("address", "127.0.0.1", "port_value", service));
        Map<String, Object> endpoint = Map.of("endpoint", Map.of("address", address));
        return Map.of(
                "name",
                Report.CONTROL_PLANE,
                "type",
                "STATIC",
                "load_assignment",
                Map.of(
                        "cluster_name",
                        Report.CONTROL_PLANE,
                        "endpoints",
                        List.of(Map.of("lb_endpoints", List.of(endpoint)))),
                "typed_extension_protocol_options",
                Map.of(
                        "envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
                        Map.of(
                                "@type",
                                "type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
                                "explicit_http_config",
                                Map.of("http2_protocol_options", Map.of()))));
    }

    int port() {
        return address().get("port_value").asInt();
    }

    /** The same at another port. */
    PlainConfiguration at(int port) {
        var moved = new PlainConfiguration(tree.deepCopy());
        moved.address().put("port_value", port);
        return moved;
    }

    /** With all rules in one list that is read from a file. */
    PlainConfiguration asking(Path list) {
        ObjectNode copy = tree.deepCopy();
        Map<String, Object> source =
                Map.of("path_config_source", Map.of("path", list.toString()), "resource_api_version", "V3");
        ObjectNode filter = JSON.valueToTree(Map.of(
                "name",
                RuleListFile.NAME,
                "config_discovery",
                Map.of("type_urls", List.of(RBAC), "config_source", source)));
        ((ArrayNode) new PlainConfiguration(copy).manager().get("http_filters")).insert(0, filter);
        return new PlainConfiguration(copy);
    }

    /** As a bootstrap with an admin interface in that folder. */
    String bootstrap(Path folder) {
        ObjectNode bootstrap = tree.deepCopy();
        bootstrap.set("node", JSON.valueToTree(Map.of("id", "plain", "cluster", "plain")));
        Map<String, Object> pipe =
                Map.of("pipe", Map.of("path", folder.resolve("admin.sock").toString()));
        bootstrap.set("admin", JSON.valueToTree(Map.of("address", pipe)));
        try {
            return JSON.writeValueAsString(bootstrap);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    // The last line is that of all requests which are not plain; without its filter it is that of all.
    private void logPlainly() {
        ObjectNode log = (ObjectNode) logs(LINES).getLast();
        log.remove("filter");
        ((ObjectNode) log.at("/typed_config/log_format/json_format")).remove(OF_DECISIONS);
        manager().set("access_log", JSON.createArrayNode().add(log));
    }

    private List<JsonNode> logs(String name) {
        return manager()
                .get("access_log")
                .valueStream()
                .filter(log -> log.get("name").asText().equals(name))
                .toList();
    }

    private void keepOnlyRouter() {
        ArrayNode filters = (ArrayNode) manager().get("http_filters");
        JsonNode router = filters.get(filters.size() - 1);
        manager().set("http_filters", JSON.createArrayNode().add(router));
    }

    private void stampNothing() {
        ObjectNode routes = (ObjectNode) manager().get("route_config");
        routes.remove("request_headers_to_remove");
        for (JsonNode host : routes.get("virtual_hosts")) {
            for (JsonNode route : host.get("routes")) {
                ((ObjectNode) route).remove("typed_per_filter_config");
            }
        }
    }

    private ObjectNode address() {
        return (ObjectNode) tree.at("/static_resources/listeners/0/address/socket_address");
    }

    private ObjectNode manager() {
        JsonNode filters = tree.at("/static_resources/listeners/0/filter_chains/0/filters");
        return (ObjectNode) filters.get(filters.size() - 1).get("typed_config");
    }
}
