package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.extensions.filters.http.set_filter_state.v3.Config;

/**
 * What a CONNECT listener tells the inner one about a tunnel. All of it takes part in the choice of the connection
 * between the two: text of Envoy's plain kind does not, and one tunnel would be judged as another.
 */
final class TunnelState {
    /** The host of the authority, as it was written, without port and trailing dot. */
    static final String HOST = "sallyport.host";

    static final String CLUSTER = "sallyport.tunnel";
    static final String HOST_TO_RESOLVE = "sallyport.tunnel.host";
    static final String PORT = "sallyport.tunnel.port";
    static final String SOURCE = "sallyport.source";
    static final String RULE = "sallyport.rule";

    private static final String NAME = "re.extract(request.host, '^([^:]*[^:.])[.]?(:[0-9]+)?$', '\\\\1')";
    private static final String ADDRESS = "re.extract(source.address, '^(.*):[0-9]+$', '\\\\1')";
    private static final String DECISION = "metadata.filter_metadata['envoy.filters.http.rbac']['"
            + HttpAccess.STATISTICS + "enforced_effective_policy_id']";

    private TunnelState() {}

    static Config filter() {
        return Config.newBuilder()
                .addOnRequestHeaders(FilterState.shared(CLUSTER, header(Headers.TUNNEL)))
                .addOnRequestHeaders(FilterState.shared(HOST_TO_RESOLVE, header(Headers.TUNNEL_HOST)))
                .addOnRequestHeaders(FilterState.shared(PORT, header(Headers.TUNNEL_PORT)))
                .addOnRequestHeaders(FilterState.shared(HOST, ofTunnel(NAME)))
                .addOnRequestHeaders(FilterState.shared(SOURCE, ofTunnel(ADDRESS)))
                .addOnRequestHeaders(FilterState.shared(RULE, ofTunnel(DECISION)))
                .build();
    }

    // Other requests share their connections upstream, whoever sent them.
    private static String ofTunnel(String expression) {
        return "%CEL(request.method == 'CONNECT' ? " + expression + " : '')%";
    }

    private static String header(String name) {
        return "%REQ(" + name + ")%";
    }
}
