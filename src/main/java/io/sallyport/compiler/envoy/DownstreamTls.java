package io.sallyport.compiler.envoy;

import com.google.protobuf.BoolValue;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.TlsParameters;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.gateway.ListenerTls;

/** TLS that a listener ends. Certificates and authorities come by themselves, so a new one leaves the listener alone. */
final class DownstreamTls {
    private DownstreamTls() {}

    static TransportSocket of(ListenerTls tls) {
        var context = DownstreamTlsContext.newBuilder();
        CommonTlsContext.Builder common = common(tls);
        switch (tls.mode()) {
            case TERMINATE -> {}
            case MUTUAL -> provingSources(context, common, tls.clientCa().getFirst());
        }
        return TransportSocket.newBuilder()
                .setName("envoy.transport_sockets.tls")
                .setTypedConfig(Encoding.any(context.setCommonTlsContext(common).build()))
                .build();
    }

    private static CommonTlsContext.Builder common(ListenerTls tls) {
        return CommonTlsContext.newBuilder()
                .setTlsParams(TlsParameters.newBuilder()
                        .setTlsMinimumProtocolVersion(TlsParameters.TlsProtocol.TLSv1_2)
                        .setTlsMaximumProtocolVersion(TlsParameters.TlsProtocol.TLSv1_3))
                .addAlpnProtocols("h2")
                .addAlpnProtocols("http/1.1")
                .addTlsCertificateSdsSecretConfigs(Secrets.reference(tls.credential()));
    }

    // A resumed session would not show its certificate again, though it may have expired since.
    private static void provingSources(
            DownstreamTlsContext.Builder context, CommonTlsContext.Builder common, ResourceName clientCa) {
        context.setRequireClientCertificate(BoolValue.of(true))
                .setDisableStatelessSessionResumption(true)
                .setDisableStatefulSessionResumption(true);
        common.setValidationContextSdsSecretConfig(Secrets.reference(clientCa));
    }
}
