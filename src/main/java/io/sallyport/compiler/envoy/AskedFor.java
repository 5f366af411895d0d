package io.sallyport.compiler.envoy;

import static java.util.stream.Collectors.toMap;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.Upstream;
import java.util.Map;

/** Whom health checks ask for: a host of the destination that is no wildcard, the first in order. */
final class AskedFor {
    private final Map<ResourceName, String> hosts;

    AskedFor(Snapshot snapshot) {
        hosts = isNeeded(snapshot) ? known(snapshot) : Map.of();
    }

    private static boolean isNeeded(Snapshot snapshot) {
        return snapshot.upstreams().stream()
                .anyMatch(upstream -> !upstream.settings().healthCheck().isEmpty());
    }

    private static Map<ResourceName, String> known(Snapshot snapshot) {
        return snapshot.listeners().stream()
                .flatMap(listener -> listener.hosts().stream())
                .filter(host -> !host.host().isWildcard() && !host.host().isRange())
                .collect(toMap(
                        HostEntry::destination,
                        host -> host.host().value(),
                        (one, other) -> one.compareTo(other) <= 0 ? one : other));
    }

    /** Empty where nothing is asked, so that clusters stay the same when hosts come and go; and where there is none. */
    String of(Upstream upstream) {
        return upstream.settings().healthCheck().isEmpty() ? "" : hosts.getOrDefault(upstream.destination(), "");
    }
}
