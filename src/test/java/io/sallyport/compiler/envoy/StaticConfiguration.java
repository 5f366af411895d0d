package io.sallyport.compiler.envoy;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.local.NameServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What an Envoy needs to run a snapshot without a control plane. */
final class StaticConfiguration {
    private final Map<String, Object> configuration;

    private StaticConfiguration(EnvoySnapshot snapshot) {
        this.configuration = EnvoyConfigView.withSecrets(snapshot);
    }

    static StaticConfiguration of(EnvoySnapshot snapshot) {
        return new StaticConfiguration(snapshot);
    }

    /** Names are asked for there, by every cluster and cache. */
    StaticConfiguration resolvingBy(NameServer names) {
        Map<String, Object> server =
                Map.of("socket_address", Map.of("address", "127.0.0.1", "port_value", names.port()));
        Map<String, Object> resolver = Map.of(
                "@type",
                "type.googleapis.com/envoy.extensions.network.dns_resolver.cares.v3.CaresDnsResolverConfig",
                "resolvers",
                List.of(server),
                "dns_resolver_options",
                Map.of("no_default_search_domain", true));
        configuration.put(
                "typed_dns_resolver_config",
                Map.of("name", "envoy.network.dns_resolver.cares", "typed_config", resolver));
        return this;
    }

    /** The file that was written, with an admin interface in the same folder. */
    Path write(Path folder) {
        String socket = folder.resolve("admin.sock").toString();
        configuration.put("admin", Map.of("address", Map.of("pipe", Map.of("path", socket))));
        try {
            return Files.writeString(
                    folder.resolve("envoy.json"), new ObjectMapper().writeValueAsString(configuration));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
