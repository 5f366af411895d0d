package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.snapshot.Upstream;
import java.util.List;

/**
 * TLS that the gateway originates: verified against the system's authorities, or those that the destination's policy
 * names. Without a validation context Envoy would verify nothing and not say so. The name to send and to find in the
 * certificate is the request's host.
 */
final class UpstreamTls {
    private static final String SYSTEM_AUTHORITIES = "/etc/ssl/certs/ca-certificates.crt";

    private UpstreamTls() {}

    /** @param host to name, and to find, where no request does: in health checks; none where empty */
    static TransportSocket verified(Upstream upstream, String host) {
        CommonTlsContext.Builder common = CommonTlsContext.newBuilder()
                .setTlsParams(TlsParameters.newBuilder()
                        .setTlsMinimumProtocolVersion(TlsParameters.TlsProtocol.TLSv1_2)
                        .setTlsMaximumProtocolVersion(TlsParameters.TlsProtocol.TLSv1_3));
        UpstreamTlsContext tls = UpstreamTlsContext.newBuilder()
                .setSni(host)
                .setAutoSniSanValidation(!host.isEmpty())
                .setCommonTlsContext(trusting(upstream.tls().caBundle(), common))
                .build();
        return TransportSocket.newBuilder()
                .setName("envoy.transport_sockets.tls")
                .setTypedConfig(Encoding.any(tls))
                .build();
    }

    private static CommonTlsContext.Builder trusting(List<ResourceName> caBundle, CommonTlsContext.Builder common) {
        return caBundle.isEmpty()
                ? common.setValidationContext(CertificateValidationContext.newBuilder()
                        .setTrustedCa(DataSource.newBuilder().setFilename(SYSTEM_AUTHORITIES)))
                : common.setValidationContextSdsSecretConfig(Secrets.reference(caBundle.getFirst()));
    }
}
