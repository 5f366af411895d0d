package io.sallyport.compiler.envoy;

import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.listener.v3.ListenerFilter;
import io.envoyproxy.envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol;
import io.envoyproxy.envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector;
import io.sallyport.domain.gateway.Listener;
import java.util.ArrayList;
import java.util.List;

/** What looks at the first bytes of a connection, in the order in which they come. */
final class ListenerFilters {
    private ListenerFilters() {}

    /** The header of the PROXY protocol where the listener accepts it, then the server name where there is TLS. */
    static List<ListenerFilter> of(Listener listener) {
        List<ListenerFilter> filters = new ArrayList<>();
        if (listener.acceptsProxyProtocol()) {
            filters.add(filter("envoy.filters.listener.proxy_protocol", ProxyProtocol.getDefaultInstance()));
        }
        if (hasTls(listener)) {
            filters.add(filter("envoy.filters.listener.tls_inspector", TlsInspector.getDefaultInstance()));
        }
        return filters;
    }

    private static boolean hasTls(Listener listener) {
        return switch (listener.protocol()) {
            case TLS -> true;
            case HTTP, HTTPS, CONNECT, TCP -> !listener.tls().isEmpty();
        };
    }

    private static ListenerFilter filter(String name, Message config) {
        return ListenerFilter.newBuilder()
                .setName(name)
                .setTypedConfig(Encoding.any(config))
                .build();
    }
}
