package io.sallyport.compiler;

import io.sallyport.domain.gateway.Conduct;
import io.sallyport.domain.gateway.Limits;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.snapshot.GatewaySettings;

/** How the settings of gateways and listeners enter a hash. */
final class SettingsEncoding {
    private SettingsEncoding() {}

    static void encode(ContentHash hash, GatewaySettings settings) {
        hash.text(settings.defaultAction())
                .texts(settings.addressPolicy().deny())
                .texts(settings.addressPolicy().permit())
                .number(settings.ruleBuckets());
        encode(hash, settings.conduct());
    }

    // A record of nothing but numbers, times and choices prints without ambiguity.
    private static void encode(ContentHash hash, Conduct conduct) {
        hash.text(conduct.onRevoke())
                .text(conduct.onControlPlaneLoss())
                .text(conduct.refusalDetail())
                .text(conduct.accessLog())
                .list(
                        conduct.upstreamProxy(),
                        proxy -> hash.text(proxy.address())
                                .number(proxy.port().value())
                                .texts(proxy.credential()));
        encode(hash, conduct.limits());
    }

    private static void encode(ContentHash hash, Limits limits) {
        hash.texts(limits.maxFlowDuration()).text(limits.idleTimeout()).texts(limits.maxConnections());
    }

    static void encode(ContentHash hash, Listener listener) {
        hash.text(listener.name())
                .text(listener.address())
                .number(listener.port().value())
                .text(listener.protocol())
                .texts(listener.hostnames())
                .list(
                        listener.tls(),
                        tls -> hash.text(tls.mode()).text(tls.credential()).texts(tls.clientCa()))
                .texts(listener.destination())
                .text(listener.acceptsProxyProtocol());
    }
}
