package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext.CombinedCertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.SubjectAltNameMatcher.SanType;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.sallyport.domain.security.SubjectAltName;
import io.sallyport.domain.security.TlsOrigination;
import io.sallyport.domain.security.TlsVersions;
import io.sallyport.domain.snapshot.Upstream;
import java.util.List;

/**
 * TLS that the gateway originates: verified against the system's authorities, or those that the destination's policy
 * names. Without a validation context Envoy would verify nothing and not say so. The name to send and to find in the
 * certificate is the request's host, unless the policy says others.
 */
final class UpstreamTls {
    private static final String SYSTEM_AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt";

    private UpstreamTls() {}

    /** @param host to name, and to find, where no request does: in health checks; none where empty */
    static TransportSocket of(Upstream upstream, String host) {
        TlsOrigination tls = upstream.tls();
        UpstreamTlsContext context = UpstreamTlsContext.newBuilder()
                .setSni(tls.serverName().isEmpty() ? host : tls.serverName().getFirst())
                .setAutoSniSanValidation(!host.isEmpty() && sendsHost(tls) && findsHost(tls))
                .setCommonTlsContext(common(tls))
                .build();
        return TransportSocket.newBuilder()
                .setName("envoy.transport_sockets.tls")
                .setTypedConfig(Encoding.any(context))
                .build();
    }

    /** Whether the server name is the host of the request. */
    static boolean sendsHost(TlsOrigination tls) {
        return tls.serverName().isEmpty();
    }

    /** Whether the certificate must have the host of the request. */
    static boolean findsHost(TlsOrigination tls) {
        return tls.subjectAltNames().isEmpty() && tls.unverified().isEmpty();
    }

    private static CommonTlsContext common(TlsOrigination tls) {
        CommonTlsContext.Builder common = CommonTlsContext.newBuilder()
                .setTlsParams(TlsParameters.newBuilder()
                        .setTlsMinimumProtocolVersion(version(tls.versions().oldest()))
                        .setTlsMaximumProtocolVersion(version(tls.versions().newest()))
                        .addAllCipherSuites(tls.cipherSuites()))
                .addAllAlpnProtocols(tls.alpn());
        tls.clientCertificate().forEach(name -> common.addTlsCertificateSdsSecretConfigs(Secrets.reference(name)));
        if (tls.unverified().isEmpty()) {
            verify(tls, common);
        }
        return common.build();
    }

    private static void verify(TlsOrigination tls, CommonTlsContext.Builder common) {
        List<SubjectAltNameMatcher> names =
                tls.subjectAltNames().stream().map(UpstreamTls::matcher).toList();
        CertificateValidationContext.Builder context =
                CertificateValidationContext.newBuilder().addAllMatchTypedSubjectAltNames(names);
        if (tls.caBundle().isEmpty()) {
            common.setValidationContext(
                    context.setTrustedCa(DataSource.newBuilder().setFilename(SYSTEM_AUTHORITIES)));
        } else if (names.isEmpty()) {
            common.setValidationContextSdsSecretConfig(
                    Secrets.reference(tls.caBundle().getFirst()));
        } else {
            common.setCombinedValidationContext(CombinedCertificateValidationContext.newBuilder()
                    .setDefaultValidationContext(context)
                    .setValidationContextSdsSecretConfig(
                            Secrets.reference(tls.caBundle().getFirst())));
        }
    }

    private static SubjectAltNameMatcher matcher(String text) {
        SanType type = switch (SubjectAltName.parse(text)) {
            case SubjectAltName.Dns name -> SanType.DNS;
            case SubjectAltName.Address address -> SanType.IP_ADDRESS;
            case SubjectAltName.Uri uri -> SanType.URI;
        };
        return SubjectAltNameMatcher.newBuilder()
                .setSanType(type)
                .setMatcher(StringMatcher.newBuilder().setExact(text))
                .build();
    }

    private static TlsParameters.TlsProtocol version(TlsVersions.Version version) {
        return switch (version) {
            case TLS_1_2 -> TlsParameters.TlsProtocol.TLSv1_2;
            case TLS_1_3 -> TlsParameters.TlsProtocol.TLSv1_3;
        };
    }
}
