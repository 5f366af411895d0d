package io.sallyport.compiler.guardrail;

import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.EffectivePolicy;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PortEntry;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The hosts of which a snapshot says anything else than the one before. */
final class Difference implements Concerned {
    private final Map<Key, Before> before = new HashMap<>();

    private record Key(ResourceName gateway, Name listener) {}

    private record Before(Index index, ListenerSnapshot listener, Map<HostPattern, HostEntry> entries) {}

    Difference(Collection<Index> before) {
        for (Index index : before) {
            for (ListenerSnapshot listener : index.snapshot().listeners()) {
                this.before.put(
                        key(index, listener),
                        new Before(
                                index,
                                listener,
                                listener.hosts().stream()
                                        .collect(Collectors.toMap(HostEntry::host, Function.identity()))));
            }
        }
    }

    private static Key key(Index index, ListenerSnapshot listener) {
        return new Key(index.snapshot().gateway(), listener.listener().name());
    }

    @Override
    public boolean is(Index now, ListenerSnapshot listener, HostEntry entry) {
        Before then = before.get(key(now, listener));
        return then == null
                || !isSame(then, now, listener)
                || !isSame(then, now, entry, now.policies().at(listener, entry));
    }

    private static boolean isSame(Before then, Index now, ListenerSnapshot listener) {
        return then.index().snapshot().settings().equals(now.snapshot().settings())
                && then.listener().listener().equals(listener.listener())
                && then.listener().jwt().equals(listener.jwt())
                && then.listener().policy().equals(listener.policy());
    }

    private static boolean isSame(Before then, Index now, HostEntry entry, EffectivePolicy policy) {
        return entry.equals(then.entries().get(entry.host()))
                && entry.ports().stream().allMatch(port -> refersToSame(then.index(), now, policy, port));
    }

    // What is named by an id that stayed may mean others now.
    private static boolean refersToSame(Index then, Index now, EffectivePolicy policy, PortEntry port) {
        return now.classes(port, policy).equals(then.classes(port, policy))
                && now.upstream(port).equals(then.upstream(port));
    }
}
