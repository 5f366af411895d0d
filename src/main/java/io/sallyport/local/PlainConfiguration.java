package io.sallyport.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
    private static final List<String> OF_DECISIONS = List.of("action", "rule", "reason", "shadow", "shadowAction");

    /** Of what a gateway with one listener runs, at another port. */
    static PlainConfiguration of(Map<String, Object> gateway, int port) {
        var plain = new PlainConfiguration(JSON.valueToTree(gateway));
        plain.forgetDecisions();
        plain.keepOnlyRouter();
        plain.stampNothing();
        return plain.at(port);
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

    // The last log is that of all requests which are not plain; without its filter it is that of all.
    private void forgetDecisions() {
        ArrayNode logs = (ArrayNode) manager().get("access_log");
        ObjectNode log = (ObjectNode) logs.get(logs.size() - 1);
        log.remove("filter");
        ((ObjectNode) log.at("/typed_config/log_format/json_format")).remove(OF_DECISIONS);
        manager().set("access_log", JSON.createArrayNode().add(log));
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
