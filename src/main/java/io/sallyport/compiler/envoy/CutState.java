package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.extensions.filters.common.set_filter_state.v3.FilterStateValue;
import io.envoyproxy.envoy.extensions.filters.http.set_filter_state.v3.Config;
import io.sallyport.domain.gateway.Listener;

/**
 * What a listener tells the one behind it, whose chains are grants, about a request. All of it takes part in the choice of
 * the connection between the two, so that requests of two grants never share one.
 */
final class CutState {
    static final String DESTINATION = "sallyport.cut.destination";
    static final String PRINCIPAL = "sallyport.cut.principal";
    static final String ADDRESS = "sallyport.cut.address";
    /** What is written where nobody proves anything: no principal reads so. */
    static final String NO_PRINCIPAL = "/";

    private CutState() {}

    /** The filter that tells, by what routes say of it. */
    static final String FILTER = "sallyport/grant";

    /** Of requests to one destination. */
    static Config of(Listener listener, String destination) {
        String principal = listener.isMutual()
                ? "%DOWNSTREAM_PEER_URI_SAN%"
                : "%REQ(" + Headers.ISSUER + ")%/%REQ(" + Headers.SUBJECT + ")%";
        return Config.newBuilder()
                .addOnRequestHeaders(value(DESTINATION, destination))
                .addOnRequestHeaders(value(PRINCIPAL, principal))
                .addOnRequestHeaders(value(ADDRESS, "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%"))
                .build();
    }

    private static FilterStateValue value(String key, String format) {
        return FilterState.shared(key, format).setSkipIfEmpty(false).build();
    }
}
