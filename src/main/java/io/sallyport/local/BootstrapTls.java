package io.sallyport.local;

import java.nio.file.Path;

/** How an Envoy speaks TLS with the control plane. What it trusts and shows comes by files that it reads anew. */
record BootstrapTls(ServerTrust trust) {
    private static final String SOCKET = """
                transport_socket:
                  name: envoy.transport_sockets.tls
                  typed_config:
                    "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext
                    %SNI%common_tls_context:
                      tls_params: {tls_minimum_protocol_version: TLSv1_3, tls_maximum_protocol_version: TLSv1_3}
                      alpn_protocols: [h2]
                      validation_context_sds_secret_config:
                        name: control-plane
                        sds_config:
                          path_config_source: {path: "%DIR%/control-plane.yaml"}
                          resource_api_version: V3
            """;

    private static final String OWN = """
                      tls_certificate_sds_secret_configs:
                      - name: own
                        sds_config:
                          path_config_source: {path: "%DIR%/own.yaml"}
                          resource_api_version: V3
            """;

    private static final String TRUSTED = """
            resources:
            - "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret
              name: control-plane
              validation_context:
                trusted_ca: {filename: "%CA%"}
                watched_directory: {path: "%FOLDER%"}
                match_typed_subject_alt_names:
                - {san_type: %SORT%, matcher: {exact: "%NAME%"}}
            """;

    private static final String SHOWN = """
            resources:
            - "@type": type.googleapis.com/envoy.extensions.transport_sockets.tls.v3.Secret
              name: own
              tls_certificate:
                certificate_chain: {filename: "%CHAIN%"}
                private_key: {filename: "%KEY%"}
                watched_directory: {path: "%FOLDER%"}
            """;

    /** The part of the cluster that leads to the control plane. */
    String socket(AgentCredential credential) {
        String sni = trust.isHost() ? "sni: \"" + trust.name() + "\"\n        " : "";
        String socket = SOCKET.replace("%SNI%", sni);
        return switch (credential) {
            case AgentCredential.Client client -> socket;
            case AgentCredential.Certificate certificate -> socket + OWN;
        };
    }

    String trusted() {
        return TRUSTED.replace("%CA%", trust.authorities().toString())
                .replace("%FOLDER%", folder(trust.authorities()))
                .replace("%SORT%", trust.sort())
                .replace("%NAME%", trust.name());
    }

    static String shown(AgentCredential.Certificate own) {
        return SHOWN.replace("%CHAIN%", own.chain().toString())
                .replace("%KEY%", own.key().toString())
                .replace("%FOLDER%", folder(own.chain()));
    }

    private static String folder(Path file) {
        return String.valueOf(file.toAbsolutePath().getParent());
    }
}
