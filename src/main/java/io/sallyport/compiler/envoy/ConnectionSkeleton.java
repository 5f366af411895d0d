package io.sallyport.compiler.envoy;

import io.sallyport.domain.gateway.Conduct;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.Snapshot;
import java.util.List;
import java.util.stream.Stream;

/**
 * All that shapes a listener for TLS or TCP: no rule and no host is in it.
 *
 * @param resolvers keys of those that a TLS listener asks for names, the gateway's own first. A destination whose own
 *     differs from all others so changes the listener.
 */
record ConnectionSkeleton(Listener listener, int ruleBuckets, Conduct conduct, List<String> resolvers) {
    ConnectionSkeleton {
        resolvers = List.copyOf(resolvers);
    }

    static ConnectionSkeleton of(Snapshot snapshot, ListenerSnapshot listener) {
        Stream<String> own = Passthrough.of(listener, new UnreadWays(snapshot)).stream()
                .filter(Passthrough::isResolved)
                .map(passthrough -> Resolver.of(passthrough.upstream(), snapshot.addressPolicy()))
                .map(Resolver::key);
        return new ConnectionSkeleton(
                listener.listener(),
                snapshot.ruleBuckets(),
                snapshot.settings().conduct(),
                Stream.concat(Stream.of(""), own).distinct().sorted().toList());
    }

    String name() {
        return listener.name().value();
    }

    /**
     * In how many parts the tables travel. Envoy counts connections for each filter chain, and a chain looks into one
     * part: so a bound on them wants a single one. So do grants, which have chains of their own.
     */
    int shards() {
        return shards(ruleBuckets, conduct);
    }

    static int shards(int ruleBuckets, Conduct conduct) {
        boolean isOne = !conduct.limits().maxConnections().isEmpty() || conduct.onRevoke() == Conduct.OnRevoke.CUT;
        return isOne ? 1 : ruleBuckets;
    }
}
