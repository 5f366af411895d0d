package io.sallyport.local;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** An Envoy that leads the same hosts to the same upstream, without any policy or with all of it in one list. */
final class BareEnvoy {
    private static final String PREFIX = "type.googleapis.com/envoy.extensions.filters.";
    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private BareEnvoy() {}

    /** The rules are read from {@code list}; at most one. */
    static EnvoyProcess start(EnvoyBinary binary, Path folder, BenchDocuments documents, int port, List<Path> list) {
        try {
            Files.createDirectories(folder);
            Path bootstrap =
                    Files.writeString(folder.resolve("bootstrap.json"), json(bootstrap(folder, documents, port, list)));
            return EnvoyProcess.start(binary, bootstrap, folder).awaitLive(PATIENCE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static String json(Map<String, Object> tree) throws JsonProcessingException {
        return new ObjectMapper().writeValueAsString(tree);
    }

    private static Map<String, Object> bootstrap(Path folder, BenchDocuments documents, int port, List<Path> list) {
        return Map.of(
                "node", Map.of("id", "bare", "cluster", "bare"),
                "admin",
                        Map.of(
                                "address",
                                Map.of(
                                        "pipe",
                                        Map.of(
                                                "path",
                                                folder.resolve("admin.sock").toString()))),
                "static_resources",
                        Map.of(
                                "listeners", List.of(listener(documents, port, list)),
                                "clusters", List.of(upstream(documents.upstreamPort()))));
    }

    private static Map<String, Object> listener(BenchDocuments documents, int port, List<Path> list) {
        List<Object> filters = new ArrayList<>();
        list.forEach(file -> filters.add(Map.of("name", RuleListFile.NAME, "config_discovery", discovered(file))));
        filters.add(Map.of("name", "router", "typed_config", Map.of("@type", PREFIX + "http.router.v3.Router")));
        Map<String, Object> manager = Map.of(
                "@type",
                PREFIX + "network.http_connection_manager.v3.HttpConnectionManager",
                "stat_prefix",
                "bare",
                "http_filters",
                filters,
                "route_config",
                Map.of("name", "bare", "virtual_hosts", virtualHosts(documents.hosts())));
        return Map.of(
                "name", "http",
                "address", address(port),
                "filter_chains",
                        List.of(Map.of("filters", List.of(Map.of("name", "manager", "typed_config", manager)))));
    }

    private static Map<String, Object> discovered(Path file) {
        return Map.of(
                "type_urls", List.of(PREFIX + "http.rbac.v3.RBAC"),
                "config_source",
                        Map.of("path_config_source", Map.of("path", file.toString()), "resource_api_version", "V3"));
    }

    private static List<Map<String, Object>> virtualHosts(int hosts) {
        return IntStream.range(0, hosts)
                .<Map<String, Object>>mapToObj(number -> Map.of(
                        "name", "host-" + number,
                        "domains", List.of(BenchDocuments.host(number)),
                        "routes",
                                List.of(Map.of(
                                        "match", Map.of("prefix", "/"),
                                        "route", Map.of("cluster", "upstream", "timeout", "0s")))))
                .toList();
    }

    private static Map<String, Object> upstream(int port) {
        return Map.of(
                "name", "upstream",
                "connect_timeout", "5s",
                "load_assignment",
                        Map.of(
                                "cluster_name",
                                "upstream",
                                "endpoints",
                                List.of(Map.of(
                                        "lb_endpoints",
                                        List.of(Map.of("endpoint", Map.of("address", address(port))))))));
    }

    private static Map<String, Object> address(int port) {
        return Map.of("socket_address", Map.of("address", "127.0.0.1", "port_value", port));
    }
}
