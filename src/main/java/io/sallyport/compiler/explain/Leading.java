package io.sallyport.compiler.explain;

import static java.util.Objects.requireNonNull;

import io.sallyport.domain.decision.Routing;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.RouteAction.Forward;
import io.sallyport.domain.snapshot.RouteTarget;
import io.sallyport.domain.snapshot.Upstream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Which upstream something is led to.
 *
 * @param isOnlyOne whether all of it goes there
 * @param named the host that is expected there, where that is not the one that was asked for; at most one
 */
record Leading(Upstream upstream, boolean isOnlyOne, List<HostPattern> named) {
    static Leading of(Routing routing, PortEntry port, Map<String, Upstream> upstreams) {
        return switch (routing) {
            case Routing.ToOwner owner -> toOwner(port, upstreams, true);
            case Routing.NoRoute none -> toOwner(port, upstreams, false);
            case Routing.AmbiguousPath ambiguous -> toOwner(port, upstreams, false);
            case Routing.Taken taken ->
                taken.route().action() instanceof Forward forward
                        ? to(forward, !taken.route().failure().isEmpty(), upstreams)
                        : toOwner(port, upstreams, false);
        };
    }

    /** By which it is known there, where it has no endpoints; at most one. */
    List<String> hosts(AskedHost asked) {
        return named.isEmpty()
                ? asked.host()
                : named.stream().map(HostPattern::value).toList();
    }

    private static Leading toOwner(PortEntry port, Map<String, Upstream> upstreams, boolean isOnlyOne) {
        return new Leading(requireNonNull(upstreams.get(port.upstream())), isOnlyOne, List.of());
    }

    // The first of the heaviest. What fails before it leaves leads nowhere.
    private static Leading to(Forward forward, boolean isFailing, Map<String, Upstream> upstreams) {
        RouteTarget most = forward.targets().stream()
                .sorted(Comparator.comparingInt(target -> -target.weight()))
                .findFirst()
                .orElseThrow();
        long positive =
                forward.targets().stream().filter(target -> target.weight() > 0).count();
        return new Leading(
                requireNonNull(upstreams.get(most.upstream())),
                positive == 1 && !isFailing,
                most.serverName().isEmpty() ? forward.edits().host() : most.serverName());
    }
}
