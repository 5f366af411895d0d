package io.sallyport.compiler.envoy;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import io.envoyproxy.envoy.config.common.mutation_rules.v3.HeaderMutation;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.HeaderMutationPerRoute;
import io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.Mutations;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.snapshot.HostEntry;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a request is stamped with by the route that it takes: the bucket that its rules are in, and the key that they have
 * there. In one header, for each costs a request some microseconds.
 */
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

    /** What all stamps of a bucket begin with, and no others. */
    static String beginning(int bucket) {
        return bucket + "/";
    }

    /** How the header has it. */
    static String written(int bucket, String destination) {
        return beginning(bucket) + destination;
    }

    /** The key of the rules that a route stamps; not the bucket, which may move. */
    static String destinationOf(Route route) {
        String header = stamps(route.getTypedPerFilterConfigOrThrow(HttpFilters.STAMP))
                .getMutations()
                .getRequestMutations(0)
                .getAppend()
                .getHeader()
                .getValue();
        return header.substring(header.indexOf('/') + 1);
    }

    /** The same route, which stamps something more. */
    static void onto(Route.Builder route, HeaderMutation more) {
        HeaderMutationPerRoute.Builder stamps =
                stamps(route.getTypedPerFilterConfigOrThrow(HttpFilters.STAMP)).toBuilder();
        stamps.getMutationsBuilder().addRequestMutations(more);
        route.putTypedPerFilterConfig(HttpFilters.STAMP, Encoding.any(stamps.build()));
    }

    private static HeaderMutationPerRoute stamps(Any config) {
        try {
            return HeaderMutationPerRoute.parseFrom(config.getValue());
        } catch (InvalidProtocolBufferException notOurs) {
            throw new IllegalArgumentException(notOurs);
        }
    }

    Route.Builder route() {
        return route(List.of());
    }

    Route.Builder route(List<HeaderMutation> more) {
        HeaderMutation own = Headers.set(Headers.DESTINATION, written(bucket, destination));
        HeaderMutationPerRoute stamps = HeaderMutationPerRoute.newBuilder()
                .setMutations(Mutations.newBuilder()
                        .addAllRequestMutations(
                                Stream.concat(Stream.of(own), more.stream()).toList()))
                .build();
        return Route.newBuilder().putTypedPerFilterConfig(HttpFilters.STAMP, Encoding.any(stamps));
    }
}
