package io.sallyport.compiler.guardrail;

import io.sallyport.domain.Name;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** The hosts of which a snapshot says anything else than the one before. */
final class Difference implements Concerned {
    private final Map<Key, Before> before = new HashMap<>();

    private record Key(ResourceName gateway, Name listener) {}

    private record Before(Index index, ListenerSnapshot listener) {}

    Difference(Collection<Index> before) {
        for (Index index : before) {
            for (ListenerSnapshot listener : index.snapshot().listeners()) {
                this.before.put(key(index, listener), new Before(index, listener));
            }
        }
    }

    private static Key key(Index index, ListenerSnapshot listener) {
        return new Key(index.snapshot().gateway(), listener.listener().name());
    }

    @Override
    public Stream<HostEntry> of(Index now, ListenerSnapshot listener) {
        Before then = before.get(key(now, listener));
        if (then == null || !isSame(then, now, listener)) {
            return listener.hosts().stream();
        }
        Meanings meanings = Meanings.between(then.index(), now);
        List<HostEntry> earlier = then.listener().hosts();
        List<HostEntry> hosts = listener.hosts();
        if (areAtSamePlaces(earlier, hosts)) {
            return IntStream.range(0, hosts.size())
                    .filter(place -> !isSame(earlier.get(place), hosts.get(place))
                            || meanings.touch(hosts.get(place), now.policies().at(listener, hosts.get(place))))
                    .mapToObj(hosts::get);
        }
        Map<HostPattern, HostEntry> byHost =
                earlier.stream().collect(Collectors.toMap(HostEntry::host, Function.identity()));
        return hosts.stream()
                .filter(entry -> !entry.equals(byHost.get(entry.host()))
                        || meanings.touch(entry, now.policies().at(listener, entry)));
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
