package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.config.common.mutation_rules.v3.HeaderMutation;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.HeaderMutationPerRoute;
import io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.Mutations;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.snapshot.HostEntry;
import java.util.List;
import java.util.stream.Stream;

/** What a request is stamped with by the route that it takes: the key of its rules, and the bucket that they are in. */
record Stamp(String destination, int bucket) {
    /** For a host that nobody owns; no host is written so. */
    static final String UNKNOWN = "-";

    static final Stamp OF_NOBODY = new Stamp(UNKNOWN, 0);

    static Stamp at(HostEntry host, PortNumber port) {
        return new Stamp(of(host.host(), port), host.bucket());
    }

    /** At a port that the owner of the host does not list. */
    static Stamp elsewhereAt(HostEntry host) {
        return new Stamp(of(host.host()), host.bucket());
    }

    static String of(HostPattern host, PortNumber port) {
        return host + ":" + port;
    }

    /** For a port that the owner of the host does not list. */
    static String of(HostPattern host) {
        return host.value();
    }

    Route.Builder route() {
        return route(List.of());
    }

    Route.Builder route(List<HeaderMutation> more) {
        List<HeaderMutation> own = List.of(
                Headers.set(Headers.DESTINATION, destination), Headers.set(Headers.BUCKET, Integer.toString(bucket)));
        HeaderMutationPerRoute stamps = HeaderMutationPerRoute.newBuilder()
                .setMutations(Mutations.newBuilder()
                        .addAllRequestMutations(
                                Stream.concat(own.stream(), more.stream()).toList()))
                .build();
        return Route.newBuilder().putTypedPerFilterConfig(HttpFilters.STAMP, Encoding.any(stamps));
    }
}
