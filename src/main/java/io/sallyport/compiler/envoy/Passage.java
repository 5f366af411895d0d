package io.sallyport.compiler.envoy;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.core.v3.DataSource;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.SubstitutionFormatString;
import io.envoyproxy.envoy.extensions.filters.common.set_filter_state.v3.FilterStateValue;
import io.envoyproxy.envoy.extensions.filters.common.set_filter_state.v3.FilterStateValue.SharedWithUpstream;
import io.envoyproxy.envoy.extensions.filters.http.set_filter_state.v3.Config;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.Upstream;
import java.util.ArrayList;
import java.util.List;

/**
 * What is told with a request so that the cluster of an upstream leads it there and nowhere else.
 *
 * @param form how the upstream is reached
 * @param host by which it is known there: a format
 * @param serverName that TLS is originated for, in place of the host that is sent; at most one
 */
record Passage(WayOut.Form form, Upstream upstream, String host, List<HostPattern> serverName) {
    /** The filter by which routes tell a cluster where a request is to go. */
    static final String FILTER = "sallyport/way";

    /** What a request is to be known as from here on: whole URLs are made of it. */
    static final String AUTHORITY = "x-sallyport-authority";

    /** The host of the request, without its port. */
    static final String HOST_OF_REQUEST = "%CEL(re.extract(request.host, '^([^:]+)(:.*)?$', '\\\\1'))%";

    private static final int USUAL_PORT = 80;

    Passage {
        serverName = List.copyOf(serverName);
    }

    static Passage ofRequest(WayOut.Form form, Upstream upstream) {
        return new Passage(form, upstream, HOST_OF_REQUEST, List.of());
    }

    /** A configuration of the filter, where there is anything to tell. */
    List<Any> told() {
        return told(List.of());
    }

    /** The same, with more to be written down. */
    List<Any> told(List<FilterStateValue> more) {
        List<FilterStateValue> values = new ArrayList<>(place());
        values.addAll(HttpSpoken.told(upstream));
        values.addAll(more);
        serverName.forEach(name -> {
            values.add(state("envoy.network.upstream_server_name", name.value()).build());
            values.add(state("envoy.network.upstream_subject_alt_names", name.value())
                    .build());
        });
        return written(values);
    }

    static List<Any> written(List<FilterStateValue> values) {
        return values.isEmpty()
                ? List.of()
                : List.of(Encoding.any(
                        Config.newBuilder().addAllOnRequestHeaders(values).build()));
    }

    /** The URL is made of the authority, so that has to say the port that is meant. */
    List<HeaderValueOption> authority() {
        return switch (form) {
            case WHOLE_URL -> List.of(HeaderChanges.instead(AUTHORITY, hostAndPort()));
            case CONNECTION, TUNNEL -> List.of();
        };
    }

    private String hostAndPort() {
        return upstream.targetPort().value() == USUAL_PORT ? host : host + ":" + upstream.targetPort();
    }

    private List<FilterStateValue> place() {
        return switch (form) {
            case CONNECTION -> ofConnection();
            case TUNNEL -> ofTunnel();
            case WHOLE_URL -> List.of();
        };
    }

    private List<FilterStateValue> ofConnection() {
        String port = upstream.targetPort().toString();
        return switch (upstream.resolution()) {
            case STATIC, DNS -> List.of();
            // The port is the destination's, whatever the request says: a cache would take the authority's.
            case DYNAMIC ->
                List.of(
                        state("envoy.upstream.dynamic_host", host).build(),
                        state("envoy.upstream.dynamic_port", port).build());
            // What is no address is not written down, and then there is nowhere to go.
            case ORIGINAL ->
                List.of(state("envoy.network.transport_socket.original_dst_address", host + ":" + port)
                        .build());
        };
    }

    private List<FilterStateValue> ofTunnel() {
        return switch (upstream.resolution()) {
            case STATIC, DNS -> List.of();
            case DYNAMIC, ORIGINAL ->
                List.of(state(ProxyTunnel.PLACE, host + ":" + upstream.targetPort())
                        .setFactoryKey("envoy.hashable_string")
                        .setSharedWithUpstream(SharedWithUpstream.ONCE)
                        .build());
        };
    }

    static FilterStateValue.Builder state(String key, String format) {
        return FilterStateValue.newBuilder()
                .setObjectKey(key)
                .setFormatString(SubstitutionFormatString.newBuilder()
                        .setTextFormatSource(DataSource.newBuilder().setInlineString(format)));
    }
}
