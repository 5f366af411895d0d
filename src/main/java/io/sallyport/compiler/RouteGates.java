package io.sallyport.compiler;

import io.sallyport.domain.Destination;
import io.sallyport.domain.EgressGateway.DefaultAction;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.EgressRule.Enforcement;
import io.sallyport.domain.Resource;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.Enforceability;
import java.util.List;

/** Whom the rules of a gateway let through to hosts, as routes are to be held against it. */
record RouteGates(Admission admission, GatewayRules rules, SourceTable sources, PolicyTable policies) {

    /** As requests for an entry of the listener are judged. */
    Gate of(ListenerCompilation listener, HostPattern entry, DestinationPort port) {
        return of(
                listener,
                view(listener, entry),
                listener.hosts(),
                listener.hosts().owner(entry),
                entry,
                port);
    }

    /** As they would be judged if they asked for a host of this destination, by who they are at the entry. */
    Gate of(ListenerCompilation listener, HostPattern entry, Led.To target, HostPattern host) {
        return of(
                listener, view(listener, entry), hostsOf(listener, target), target.destination(), host, target.port());
    }

    /** Which identities are seen of those who ask for an entry. */
    ListenerView view(ListenerCompilation listener, HostPattern entry) {
        return policies.view(listener.listener(), listener.hosts().owner(entry).name());
    }

    /** The hosts as each of which a request might have come to the target. */
    List<HostPattern> places(ListenerCompilation listener, Led.To target) {
        return switch (listener.listener().protocol()) {
            case HTTP, HTTPS, CONNECT, TLS -> target.hosts();
            // All of its hosts count at once, since none is named.
            case TCP -> List.of(HostPattern.EVERYTHING);
        };
    }

    private ListenerHosts hostsOf(ListenerCompilation listener, Led.To target) {
        KnownHosts known = listener.hosts().known();
        return switch (listener.listener().protocol()) {
            case HTTP, HTTPS, CONNECT, TLS -> new AskedHosts(List.of(), known);
            case TCP ->
                new LedHosts(
                        List.of(HostPattern.EVERYTHING),
                        List.of(target.destination()),
                        admission.hosts(target.destination()),
                        known);
        };
    }

    private Gate of(
            ListenerCompilation listener,
            ListenerView view,
            ListenerHosts hosts,
            Resource<Destination> owner,
            HostPattern host,
            DestinationPort port) {
        List<Admitting> list = rules
                .about(owner, Speakers.of(hosts, host))
                .at(listener.listener().name(), port.number(), Enforcement.ENFORCE)
                .stream()
                .map(rule -> admitting(rule, view))
                .toList();
        boolean isShut = policies.enforceability(listener.listener(), owner.name(), port) == Enforceability.NOWHERE;
        return new Gate(list, admission.gateway().spec().defaultAction() == DefaultAction.ALLOW, isShut);
    }

    private Admitting admitting(Resource<EgressRule> rule, ListenerView view) {
        return new Admitting(
                rule.name(),
                rule.spec().action(),
                sources.meaning(rule, view),
                rule.spec().validity().ahead());
    }
}
