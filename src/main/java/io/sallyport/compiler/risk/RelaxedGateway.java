package io.sallyport.compiler.risk;

import io.sallyport.domain.EgressGateway.DefaultAction;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.approval.RiskType;
import io.sallyport.domain.gateway.AddressPolicy;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.Upstream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What a gateway asks less strictly than before, of whatever traffic rules let through. */
final class RelaxedGateway {
    private final Optional<Places> before;
    private final Places after;
    private final ResourceName gateway;
    private final List<Relaxation> found = new ArrayList<>();

    RelaxedGateway(Optional<Snapshot> before, Snapshot after) {
        this.before = before.map(Places::new);
        this.after = new Places(after);
        this.gateway = after.gateway();
    }

    List<Relaxation> all() {
        settings();
        after.snapshot().listeners().forEach(this::listener);
        return found;
    }

    private void settings() {
        boolean denied = before.stream().allMatch(was -> was.snapshot().defaultAction() == DefaultAction.DENY);
        if (after.snapshot().defaultAction() == DefaultAction.ALLOW && denied) {
            add(RiskType.DEFAULT_ALLOW, "gateway %s allows what no rule speaks of".formatted(gateway), Set.of());
        }
        before.filter(was ->
                        opens(was.snapshot().addressPolicy(), after.snapshot().addressPolicy()))
                .ifPresent(was -> add(
                        RiskType.RELAXED_ADDRESSES,
                        "gateway %s may connect to addresses that its addressPolicy refused".formatted(gateway),
                        Set.of()));
    }

    private static boolean opens(AddressPolicy was, AddressPolicy is) {
        return !within(was.deny(), is.deny()) || !within(is.permit(), was.permit());
    }

    private static boolean within(List<Cidr> inner, List<Cidr> outer) {
        return inner.stream().allMatch(range -> outer.stream().anyMatch(wide -> wide.contains(range)));
    }

    private void listener(ListenerSnapshot listener) {
        Optional<ListenerSnapshot> earlier = before.flatMap(was -> was.listener(listener));
        earlier.ifPresent(was -> {
            if (isLessGuarded(was, listener)) {
                add(
                        RiskType.RELAXED_TLS,
                        "listener '%s' of gateway %s speaks less TLS with workloads"
                                .formatted(listener.listener().name(), gateway),
                        Set.of());
            }
            asked(was, listener);
        });
        listener.hosts().forEach(host -> host(listener, host));
    }

    private static boolean isLessGuarded(ListenerSnapshot was, ListenerSnapshot is) {
        return (!was.listener().tls().isEmpty() && is.listener().tls().isEmpty())
                || (was.listener().isMutual() && !is.listener().isMutual());
    }

    private void asked(ListenerSnapshot was, ListenerSnapshot is) {
        new RelaxedPolicy(
                        before.orElseThrow().policies().at(was),
                        after.policies().at(is))
                .reason()
                .ifPresent(why -> add(
                        RiskType.RELAXED_POLICY,
                        "%s at listener '%s' of gateway %s"
                                .formatted(why, is.listener().name(), gateway),
                        Set.of()));
    }

    private void host(ListenerSnapshot listener, HostEntry host) {
        Optional<HostEntry> earlier = before.flatMap(was -> was.entry(listener, host.host()));
        earlier.filter(was -> !(was.policy().isEmpty() && host.policy().isEmpty()))
                .ifPresent(was -> askedOf(listener, was, host));
        host.ports().forEach(port -> port(listener, earlier, host, port));
    }

    private void askedOf(ListenerSnapshot listener, HostEntry was, HostEntry is) {
        Places then = before.orElseThrow();
        then.listener(listener)
                .flatMap(known -> new RelaxedPolicy(
                                then.policies().at(known, was), after.policies().at(listener, is))
                        .reason())
                .ifPresent(why -> add(RiskType.RELAXED_POLICY, "%s of traffic to %s".formatted(why, is.host()), is));
    }

    private void port(ListenerSnapshot listener, Optional<HostEntry> earlier, HostEntry host, PortEntry port) {
        Optional<PortEntry> was = earlier.flatMap(entry -> Places.port(entry, port));
        leads(was, host, port);
        boolean wasTlsAlone = earlier.isPresent()
                && !earlier.get().ports().isEmpty()
                && earlier.get().ports().stream()
                        .allMatch(one ->
                                before.orElseThrow().protection(listener, one).isEncrypted());
        for (Upstream upstream : after.upstreams(port)) {
            Protection is = after.protection(listener, upstream);
            Optional<Upstream> then = was.flatMap(one -> before.orElseThrow().comparable(one, upstream));
            Optional<Protection> known = then.map(one -> before.orElseThrow().protection(listener, one));
            is.weakness(known, wasTlsAlone)
                    .ifPresent(why -> add(
                            RiskType.RELAXED_TLS,
                            "traffic to %s:%s %s".formatted(host.host(), port.number(), why),
                            host));
            then.filter(one -> !within(
                            one.settings().addressGuard(), upstream.settings().addressGuard()))
                    .ifPresent(one -> add(
                            RiskType.RELAXED_ADDRESSES,
                            "traffic to %s:%s may go to addresses that its addressGuard refused"
                                    .formatted(host.host(), port.number()),
                            host));
        }
    }

    // Whoever is sent to a host by its name goes where its owner says.
    private void leads(Optional<PortEntry> was, HostEntry host, PortEntry port) {
        List<Upstream> now = after.upstreams(port);
        List<Upstream> then =
                was.map(one -> before.orElseThrow().upstreams(one)).orElse(List.of());
        if (now.isEmpty() || then.isEmpty()) {
            return;
        }
        List<String> known = addresses(then.getFirst());
        List<String> addresses = addresses(now.getFirst());
        boolean elsewhere = addresses.isEmpty() ? !known.isEmpty() : !known.containsAll(addresses);
        if (elsewhere) {
            add(
                    RiskType.NEW_DESTINATION,
                    "traffic to %s:%s goes on to %s, where it did not"
                            .formatted(
                                    host.host(),
                                    port.number(),
                                    addresses.isEmpty() ? "what names resolve to" : String.join(", ", addresses)),
                    host);
        }
    }

    private static List<String> addresses(Upstream upstream) {
        return upstream.endpoints().stream()
                .map(endpoint -> endpoint.address() + ":" + endpoint.port())
                .sorted()
                .toList();
    }

    private void add(RiskType type, String what, HostEntry host) {
        Set<Name> concerned =
                new TreeSet<>(List.of(gateway.namespace(), host.destination().namespace()));
        found.add(new Relaxation(type, what, List.of(host.host()), concerned, List.of()));
    }

    // What is of a gateway as a whole is everybody's business.
    private void add(RiskType type, String what, Set<Name> everybody) {
        found.add(Relaxation.of(type, what, everybody));
    }
}
