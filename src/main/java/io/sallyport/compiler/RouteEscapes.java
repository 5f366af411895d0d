package io.sallyport.compiler;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.network.HostPattern;
import java.util.List;
import java.util.Optional;

/** Tells whether a route leads where rules would not, or past what policies ask there. */
record RouteEscapes(RouteGates gates, PolicyTable policies) {

    /**
     * Why traffic is not to be led there.
     *
     * @param admitting the rule that lets somebody through who may not go there; empty where it is not for who he is
     */
    record Reason(String admitting, String why) {}

    /** Nothing where everyone who may ask for the host may be led to the target. */
    Optional<Reason> reason(
            ListenerCompilation listener,
            HostPattern host,
            DestinationPort asked,
            Led.To target,
            List<HostPattern> rewritten) {
        ResourceName destination = target.destination().name();
        if (!rewritten.isEmpty() && !target.hosts().equals(rewritten)) {
            return Optional.of(new Reason(
                    "",
                    "the rewritten host %s does not belong to destination %s: rewrite to one of its hosts, or lead to who owns it"
                            .formatted(rewritten.getFirst(), destination)));
        }
        ResourceName owner = listener.hosts().owner(host).name();
        if (!policies.asksNoMore(destination, owner)) {
            return Optional.of(new Reason(
                    "",
                    "a security policy of destination %s decides who and what may pass there, and does not hold for %s: attach it to both, or leave it out"
                            .formatted(destination, owner)));
        }
        Gate here = gates.of(listener, host, asked);
        return gates.places(listener, target).stream()
                .flatMap(place -> here
                        .lettingThroughMoreThan(gates.of(listener, host, target, place), gates.view(listener, host))
                        .map(rule -> new Reason(rule.toString(), toldOf(host, rule, target, place)))
                        .stream())
                .findFirst();
    }

    private static String toldOf(HostPattern host, ResourceName rule, Led.To target, HostPattern place) {
        return "%s lets somebody through to %s whom no rule, for as long, is known to let through to %s of destination %s at port %s: have the same `from` allowed there"
                .formatted(
                        rule,
                        host,
                        place,
                        target.destination().name(),
                        target.port().number());
    }
}
