package io.sallyport.compiler.guardrail;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.CompiledRule;
import io.sallyport.domain.snapshot.EffectivePolicy;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PortEntry;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The hosts of which a snapshot says anything else than the one before, or means others. */
final class Difference implements Concerned {
    private final Collection<Index> earlier;
    private final Map<Place.At, Before> before = new HashMap<>();

    private record Before(Index index, ListenerSnapshot listener) {}

    Difference(Collection<Index> before) {
        earlier = before;
        for (Index index : before) {
            for (ListenerSnapshot listener : index.snapshot().listeners()) {
                this.before.put(Place.At.of(index, listener), new Before(index, listener));
            }
        }
    }

    /** Those to a destination to which one of them is otherwise, or was. */
    @Override
    public Predicate<Place> withOtherWays(Collection<Index> now) {
        Set<ResourceName> destinations = Stream.concat(entries(this, now), entries(new Difference(now), earlier))
                .map(HostEntry::destination)
                .collect(Collectors.toSet());
        return place -> destinations.contains(place.entry().destination());
    }

    private static Stream<HostEntry> entries(Difference difference, Collection<Index> gateways) {
        return gateways.stream()
                .flatMap(index ->
                        index.snapshot().listeners().stream().flatMap(listener -> difference.of(index, listener)));
    }

    @Override
    public Stream<HostEntry> of(Index now, ListenerSnapshot listener) {
        Before then = before.get(Place.At.of(now, listener));
        // What is asked for where no host is named is not in the snapshot.
        if (then == null || !isSame(then, now, listener) || Place.asksForNoHost(listener)) {
            return listener.hosts().stream();
        }
        Meanings meanings = Meanings.between(then.index(), now);
        List<HostEntry> hosts = listener.hosts();
        List<HostEntry> hostsThen = then.listener().hosts();
        return areAtSamePlaces(hostsThen, hosts)
                ? IntStream.range(0, hosts.size())
                        .filter(place -> !isSame(hostsThen.get(place), hosts.get(place))
                                || meanings.touch(
                                        hosts.get(place), now.policies().at(listener, hosts.get(place))))
                        .mapToObj(hosts::get)
                : moved(
                        hostsThen,
                        hosts,
                        entry -> meanings.touch(entry, now.policies().at(listener, entry)));
    }

    // Who asks for a host that is gone comes to what covers it.
    private static Stream<HostEntry> moved(
            List<HostEntry> hostsThen, List<HostEntry> hosts, Predicate<HostEntry> isTouched) {
        Map<HostPattern, HostEntry> gone =
                hostsThen.stream().collect(Collectors.toMap(HostEntry::host, Function.identity()));
        Set<HostEntry> differing = hosts.stream()
                .filter(entry -> !entry.equals(gone.remove(entry.host())) || isTouched.test(entry))
                .collect(Collectors.toCollection(LinkedHashSet::new));
        Set<HostPattern> covering =
                gone.keySet().stream().flatMap(host -> host.wider().stream()).collect(Collectors.toSet());
        hosts.stream().filter(entry -> covering.contains(entry.host())).forEach(differing::add);
        return differing.stream();
    }

    private static boolean areAtSamePlaces(List<HostEntry> earlier, List<HostEntry> hosts) {
        return earlier.size() == hosts.size()
                && IntStream.range(0, hosts.size())
                        .allMatch(place -> earlier.get(place)
                                .host()
                                .equals(hosts.get(place).host()));
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(HostEntry one, HostEntry other) {
        return one == other || one.equals(other);
    }

    private static boolean isSame(Before then, Index now, ListenerSnapshot listener) {
        return then.index().snapshot().settings().equals(now.snapshot().settings())
                && then.listener().listener().equals(listener.listener())
                && then.listener().jwt().equals(listener.jwt())
                && then.listener().policy().equals(listener.policy());
    }

    /** What is named by an id that stayed, and means others now. */
    private record Meanings(Set<String> classes, Set<String> upstreams) {
        static Meanings between(Index then, Index now) {
            return new Meanings(differing(then.sources(), now.sources()), differing(then.upstreams(), now.upstreams()));
        }

        @SuppressWarnings("ReferenceEquality")
        private static <T> Set<String> differing(Map<String, T> then, Map<String, T> now) {
            if (then == now) {
                return Set.of();
            }
            Set<String> differing = new HashSet<>(then.keySet());
            differing.removeAll(now.keySet());
            now.forEach((id, one) -> {
                if (!one.equals(then.get(id))) {
                    differing.add(id);
                }
            });
            return differing;
        }

        boolean touch(HostEntry entry, EffectivePolicy policy) {
            return (!classes.isEmpty() || !upstreams.isEmpty())
                    && (entry.ports().stream().anyMatch(this::touch)
                            || policy.authorization().stream()
                                    .anyMatch(clause -> !Collections.disjoint(clause.sources(), classes)));
        }

        private boolean touch(PortEntry port) {
            return upstreams.contains(port.upstream()) || port.rules().stream().anyMatch(this::touch);
        }

        private boolean touch(CompiledRule rule) {
            return !Collections.disjoint(rule.sources(), classes);
        }
    }
}
