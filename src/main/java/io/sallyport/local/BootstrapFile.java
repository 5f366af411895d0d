package io.sallyport.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

/**
 * Writes what an Envoy needs to become one gateway: its bootstrap, and files for what it proves itself by.
 *
 * @param grpc host and port of the control plane
 * @param trust by what it knows the control plane; none where they speak in the clear
 */
public record BootstrapFile(String gateway, AgentCredential credential, String grpc, List<ServerTrust> trust) {

    // The secret comes by file: an oauth2 secret in the bootstrap itself makes Envoy 1.40 crash at start.
    private static final String TEMPLATE = """
            # Written by ./sallyport bootstrap for the gateway %GATEWAY%.
            node:
              id: %NODE%
              cluster: %GATEWAY%
            admin:
              address: {pipe: {path: "%DIR%/admin.sock", mode: 384}}
            dynamic_resources:
              ads_config:
                api_type: DELTA_GRPC
                transport_api_version: V3
                set_node_on_first_message_only: true
                grpc_services:
                - envoy_grpc:
                    cluster_name: sallyport
                    retry_policy: {retry_back_off: {base_interval: 0.25s, max_interval: 2s}}
              lds_config: {ads: {}, resource_api_version: V3}
              cds_config: {ads: {}, resource_api_version: V3}
            static_resources:
              clusters:
              - name: sallyport   # a second replica is a second endpoint here
                type: STRICT_DNS
                connect_timeout: 1s
                load_assignment:
                  cluster_name: sallyport
                  endpoints:
                  - lb_endpoints:
                    - endpoint: {address: {socket_address: {address: %GRPC_HOST%, port_value: %GRPC_PORT%}}}
                typed_extension_protocol_options:
                  envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
                    "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
                    explicit_http_config:
                      http2_protocol_options:
                        connection_keepalive: {interval: 2s, timeout: 1s}
            %FILTERS%%SOCKET%%ISSUER%# listeners that only this Envoy can connect to: they look into tunnels, and lead through a corporate proxy
            bootstrap_extensions:
            - name: envoy.bootstrap.internal_listener
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.bootstrap.internal_listener.v3.InternalListener
            # the credential for a corporate proxy goes with tunnels too
            layered_runtime:
              layers:
              - name: sallyport
                static_layer: {envoy.restart_features.upstream_http_filters_with_tcp_proxy: true}
            deferred_stat_options: {enable_deferred_creation_stats: true}
            stats_config:
              stats_matcher:
                inclusion_list:
                  patterns:
                  - prefix: server.
                  - prefix: control_plane.
                  - prefix: listener
                  - prefix: cluster_manager.
                  - prefix: cluster.sallyport.
                  - prefix: http.
                  - contains: rbac
                  - contains: update_rejected
                  - prefix: extension_config_discovery.
            """;

    private static final String FETCHES_TOKENS = """
                    http_filters:
                    - name: envoy.filters.http.credential_injector
                      typed_config:
                        "@type": type.googleapis.com/envoy.extensions.filters.http.credential_injector.v3.CredentialInjector
                        overwrite: true
                        credential:
                          name: envoy.http.injected_credentials.oauth2
                          typed_config:
                            "@type": type.googleapis.com/envoy.extensions.http.injected_credentials.oauth2.v3.OAuth2
                            token_endpoint: {cluster: issuer, uri: "%TOKEN_URI%", timeout: 3s}
                            token_fetch_retry_interval: 1s
                            scopes: [sallyport]
                            client_credentials:
                              client_id: "%CLIENT%"
                              client_secret:
                                name: client-secret
                                sds_config:
                                  path_config_source: {path: "%DIR%/client-secret.yaml"}
                                  resource_api_version: V3
                    - name: envoy.filters.http.upstream_codec
                      typed_config:
                        "@type": type.googleapis.com/envoy.extensions.filters.http.upstream_codec.v3.UpstreamCodec
            """;

    private static final String ISSUER = """
              - name: issuer
                type: STRICT_DNS
                connect_timeout: 2s
                load_assignment:
                  cluster_name: issuer
                  endpoints:
                  - lb_endpoints:
                    - endpoint: {address: {socket_address: {address: %ISSUER_HOST%, port_value: %ISSUER_PORT%}}}
            """;

    private static final String SECRET = """
            resources:
            - "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret
              name: client-secret
              generic_secret: {secret: {filename: "%DIR%/client-secret"}}
            """;

    public BootstrapFile {
        trust = List.copyOf(trust);
    }

    /** One that fetches tokens, and speaks with the control plane in the clear. */
    public BootstrapFile(String gateway, String clientId, String grpc, URI tokenUri) {
        this(gateway, new AgentCredential.Client(clientId, tokenUri), grpc, List.of());
    }

    /**
     * The bootstrap among the files that were written into the folder.
     *
     * @param secret of the client, where it is one
     */
    public Path write(Path folder, String secret) {
        try {
            Files.createDirectories(folder);
            switch (credential) {
                case AgentCredential.Client client -> writeSecret(folder, secret);
                case AgentCredential.Certificate own ->
                    Files.writeString(folder.resolve("own.yaml"), BootstrapTls.shown(own));
            }
            for (ServerTrust one : trust) {
                Files.writeString(folder.resolve("control-plane.yaml"), new BootstrapTls(one).trusted());
            }
            return Files.writeString(folder.resolve("bootstrap.yaml"), content(folder));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeSecret(Path folder, String secret) throws IOException {
        writePrivately(folder.resolve("client-secret"), secret);
        Files.writeString(folder.resolve("client-secret.yaml"), SECRET.replace("%DIR%", folder.toString()));
    }

    private String content(Path folder) {
        var colon = grpc.lastIndexOf(':');
        return credentialed(TEMPLATE.replace("%SOCKET%", socket()))
                .replace("%GATEWAY%", gateway)
                .replace(
                        "%NODE%",
                        gateway.replace('/', '-') + "-"
                                + ProcessHandle.current().pid())
                .replace("%DIR%", folder.toString())
                .replace("%GRPC_HOST%", grpc.substring(0, colon))
                .replace("%GRPC_PORT%", grpc.substring(colon + 1));
    }

    private String socket() {
        return trust.stream()
                .map(one -> new BootstrapTls(one).socket(credential))
                .findFirst()
                .orElse("");
    }

    private String credentialed(String template) {
        return switch (credential) {
            case AgentCredential.Client(String id, URI tokenUri) ->
                template.replace("%FILTERS%", FETCHES_TOKENS)
                        .replace("%ISSUER%", ISSUER)
                        .replace("%TOKEN_URI%", tokenUri.toString())
                        .replace("%CLIENT%", id)
                        .replace("%ISSUER_HOST%", tokenUri.getHost())
                        .replace("%ISSUER_PORT%", Integer.toString(tokenUri.getPort()));
            case AgentCredential.Certificate certificate ->
                template.replace("%FILTERS%", "").replace("%ISSUER%", "");
        };
    }

    private static void writePrivately(Path file, String content) throws IOException {
        Files.deleteIfExists(file);
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(file, content);
    }
}
