package io.sallyport.compiler.envoy;

import io.sallyport.compiler.envoy.UnreadWays.Way;
import io.sallyport.domain.Destination.Resolution;
import io.sallyport.domain.gateway.AddressPolicy;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.Upstream;
import io.sallyport.domain.snapshot.Upstream.UpstreamEndpoint;
import java.util.Collection;
import java.util.List;

/** Where the connections of a TCP listener lead that are allowed: the cluster, and the name that is resolved for it. */
final class TcpWays {
    private static final AddressText ASKED = AddressText.ofAsked();
    private static final String CLUSTER = "envoy.tcp_proxy.cluster";

    private final UnreadWays ways;
    private final AddressPolicy policy;

    TcpWays(UnreadWays ways, AddressPolicy policy) {
        this.ways = ways;
        this.policy = policy;
    }

    /** After the decision is written down, for it tells whether any of this is. */
    void writeTo(FilterState state, Collection<HostEntry> hosts) {
        for (HostEntry host : hosts) {
            host.ports().stream()
                    .limit(1)
                    .flatMap(port -> ways.of(port).stream())
                    .forEach(way -> write(state, host, way));
        }
    }

    private void write(FilterState state, HostEntry host, Way way) {
        Upstream upstream = way.upstream();
        String here = way.and(CelText.is(SniTable.HOST, host.host()));
        switch (upstream.resolution()) {
            case STATIC -> lead(state, here, upstream);
            case DNS -> {
                lead(state, here, upstream);
                resolve(state, here, upstream);
            }
            case ORIGINAL -> {
                guard(state, here, upstream);
                lead(state, here, upstream);
                tellProxy(state, here, upstream);
            }
            // Nobody says a name here that could be resolved: there is no way.
            case DYNAMIC -> {}
        }
    }

    private static void lead(FilterState state, String here, Upstream upstream) {
        state.known(CLUSTER, CelText.where(allowed(here), CelText.text(ResourceNames.raw(upstream))));
    }

    private static void resolve(FilterState state, String here, Upstream upstream) {
        var choice = new EndpointChoice(upstream.endpoints());
        state.known(Lookups.NAME, ResolverTable.NOTHING_TO_RESOLVE);
        state.known(Lookups.NAME, CelText.where(allowed(here), choice.of(UpstreamEndpoint::address)));
        state.known(Lookups.PORT, CelText.where(allowed(here), choice.of(UpstreamEndpoint::port)));
    }

    // Who connects by itself knows the address; a forward proxy has to be told.
    private static void tellProxy(FilterState state, String here, Upstream upstream) {
        state.known(Lookups.NAME, "%DOWNSTREAM_LOCAL_ADDRESS_WITHOUT_PORT%");
        state.known(Lookups.PORT, CelText.where(allowed(here), CelText.text(upstream.targetPort())));
    }

    // Envoy connects to whatever address was asked for, so it is judged here.
    private void guard(FilterState state, String here, Upstream upstream) {
        var guard = new AddressGuard(policy, upstream.settings().addressGuard());
        ASKED.write(state, guard.ranges());
        ASKED.writeForMapped(state);
        String refused = CelText.any(List.of(ASKED.isIn(guard.ranges()), ASKED.isMapped()));
        TcpRuleTable.DECISION.write(state, List.of(allowed(here), refused), Decision.ADDRESS_POLICY);
    }

    private static String allowed(String here) {
        return here + " && " + TcpRuleTable.DECISION.isAllowed();
    }

    /** The ways that a listener leads. */
    static List<Way> of(Collection<HostEntry> hosts, UnreadWays ways) {
        return hosts.stream()
                .flatMap(host -> host.ports().stream().limit(1))
                .flatMap(port -> ways.of(port).stream())
                .distinct()
                .toList();
    }

    static boolean isResolved(Upstream upstream) {
        return upstream.resolution() == Resolution.DNS;
    }
}
