package io.sallyport.compiler.risk;

import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.gateway.ListenerTls;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.security.TrafficPolicy;
import io.sallyport.domain.snapshot.CompiledRoute;
import io.sallyport.domain.snapshot.EffectivePolicy;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PolicyService;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.Upstream;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Tells where one snapshot asks less than another of what rules let pass, or leads it elsewhere: by proof of who asks,
 * policies, routes, TLS and addresses. In doubt it does. Who passes at all is not its matter.
 */
final class WiderWays {
    private final Places newest;
    private final Places instead;
    // Worked out where it is asked for; at most one.
    private List<Set<String>> sameUpstreams = List.of();

    WiderWays(Places newest, Places instead) {
        this.newest = newest;
        this.instead = instead;
    }

    /** Where routes of both may lead; nowhere where more than routes differs, so that they were held against other rules. */
    private static Set<String> sameUpstreams(Snapshot newest, Snapshot instead) {
        if (!withoutRoutes(newest).equals(withoutRoutes(instead))) {
            return Set.of();
        }
        Set<Object> known =
                newest.upstreams().stream().map(WiderWays::withoutHost).collect(Collectors.toSet());
        return instead.upstreams().stream()
                .filter(upstream -> known.contains(withoutHost(upstream)))
                .map(Upstream::name)
                .collect(Collectors.toSet());
    }

    // A route that names a host of a destination has an upstream of its own.
    private static Object withoutHost(Upstream upstream) {
        return List.of(
                upstream.destination(),
                upstream.port(),
                upstream.targetPort(),
                upstream.protocol(),
                upstream.settings(),
                upstream.tls(),
                upstream.injection());
    }

    private static List<Object> withoutRoutes(Snapshot snapshot) {
        return List.of(
                snapshot.settings(),
                snapshot.sources(),
                snapshot.policies(),
                snapshot.listeners().stream()
                        .map(listener -> listener.with(listener.hosts().stream()
                                .map(HostEntry::withoutRoutes)
                                .toList()))
                        .toList());
    }

    /**
     * Whether the way on from that port of that host is wider than in the newest one; where nothing stands in that, it is
     * for flows to tell.
     *
     * @param found what stands there, as requests for the host find it
     */
    boolean isWider(ListenerSnapshot listener, HostPattern host, HostEntry found, PortEntry port) {
        return newest.listener(listener)
                .flatMap(door -> newest.entry(door, host)
                        .flatMap(entry -> Places.port(entry, port)
                                .map(place -> isOpener(door.listener(), listener.listener())
                                        || leadsElsewhere(listener, entry, found)
                                        || asksLess(door, entry, listener, found)
                                        || place.enforceability().compareTo(port.enforceability()) > 0
                                        || isLessGuarded(listener, place, port)
                                        || routesAreWider(place, port))))
                .orElse(false);
    }

    // Whoever is taken for somebody here is not taken for him there.
    private static boolean isOpener(Listener newest, Listener instead) {
        return newest.protocol() != instead.protocol()
                || !clientCa(newest).equals(clientCa(instead))
                || (instead.acceptsProxyProtocol() && !newest.acceptsProxyProtocol());
    }

    private static List<Object> clientCa(Listener listener) {
        return listener.tls().stream()
                .map(ListenerTls::clientCa)
                .<Object>flatMap(List::stream)
                .toList();
    }

    // Elsewhere what is asked for is the host; here it is what the listener names.
    private static boolean leadsElsewhere(ListenerSnapshot listener, HostEntry newest, HostEntry instead) {
        return listener.listener().protocol() == Listener.Protocol.TCP
                && !newest.destination().equals(instead.destination());
    }

    private boolean asksLess(ListenerSnapshot door, HostEntry entry, ListenerSnapshot listener, HostEntry found) {
        EffectivePolicy asked = newest.policies().at(door, entry);
        EffectivePolicy asking = instead.policies().at(listener, found);
        return new RelaxedPolicy(asked, asking).reason().isPresent()
                || (asksSomebody(asked) && !hasSameServices(asked, asking));
    }

    private static boolean asksSomebody(EffectivePolicy policy) {
        return policy.sections(TrafficPolicy::externalAuthorization).findAny().isPresent()
                || policy.sections(TrafficPolicy::rateLimit)
                        .anyMatch(limit -> !limit.global().isEmpty());
    }

    // Another service may give another answer, and one that is nowhere gives none.
    private boolean hasSameServices(EffectivePolicy asked, EffectivePolicy asking) {
        return asked.services().equals(asking.services())
                && asked.services().stream()
                        .map(PolicyService::upstream)
                        .allMatch(name -> newest.upstream(name).equals(instead.upstream(name)));
    }

    private boolean isLessGuarded(ListenerSnapshot listener, PortEntry place, PortEntry port) {
        return instead.upstreams(port).stream()
                .anyMatch(upstream -> newest.comparable(place, upstream)
                        .filter(known -> !known.equals(upstream))
                        .filter(known -> isLessGuarded(listener, known, upstream))
                        .isPresent());
    }

    private boolean isLessGuarded(ListenerSnapshot listener, Upstream known, Upstream upstream) {
        return instead.protection(listener, upstream)
                        .weakness(Optional.of(newest.protection(listener, known)), true)
                        .isPresent()
                || !known.tls().unverified().containsAll(upstream.tls().unverified())
                || !within(known.settings().addressGuard(), upstream.settings().addressGuard())
                || !known.injection().containsAll(upstream.injection());
    }

    private static boolean within(List<Cidr> inner, List<Cidr> outer) {
        return inner.stream().allMatch(range -> outer.stream().anyMatch(wide -> wide.contains(range)));
    }

    private boolean routesAreWider(PortEntry place, PortEntry port) {
        List<CompiledRoute> others = newest.routes(place);
        List<CompiledRoute> these = instead.routes(port);
        if (others.equals(these)) {
            return false;
        }
        Set<String> judged = sameUpstreams();
        Set<String> known = new HashSet<>(judged);
        newest.upstreams(place).forEach(upstream -> known.add(upstream.name()));
        known.add(port.upstream());
        return new WiderRoutes(others, these, known, !judged.isEmpty()).areWider();
    }

    private Set<String> sameUpstreams() {
        if (sameUpstreams.isEmpty()) {
            sameUpstreams = List.of(sameUpstreams(newest.snapshot(), instead.snapshot()));
        }
        return sameUpstreams.getFirst();
    }
}
