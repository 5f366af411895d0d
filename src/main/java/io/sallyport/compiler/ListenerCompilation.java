package io.sallyport.compiler;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.security.JwtProvider;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedCollection;
import java.util.TreeSet;
import java.util.function.Function;

/** The hosts of one listener, and which of them a rule on a destination can be about. */
final class ListenerCompilation {
    private final Listener listener;
    private final List<JwtProvider> jwt;
    private final ListenerView view;
    private final List<HostPattern> hosts;
    private final List<HostEntry> entries = new ArrayList<>();
    private final Map<ResourceName, List<Integer>> places = new HashMap<>();

    /** The entries are to come, by {@link #compileAll}. */
    ListenerCompilation(
            Listener listener,
            List<JwtProvider> jwt,
            List<HostPattern> hosts,
            Function<HostPattern, SequencedCollection<ResourceName>> speaking) {
        this.listener = listener;
        this.jwt = jwt;
        view = ListenerView.of(listener, jwt);
        this.hosts = hosts;
        for (int place = 0; place < hosts.size(); place++) {
            for (ResourceName destination : speaking.apply(hosts.get(place))) {
                places.computeIfAbsent(destination, ignored -> new ArrayList<>())
                        .add(place);
            }
        }
    }

    Listener listener() {
        return listener;
    }

    ListenerView view() {
        return view;
    }

    void compileAll(Function<HostPattern, HostEntry> compile) {
        hosts.forEach(host -> entries.add(compile.apply(host)));
    }

    /** Compiles again what rules on these destinations can be about. */
    void recompile(Collection<ResourceName> destinations, Function<HostEntry, HostEntry> compile) {
        var concerned = new TreeSet<Integer>();
        destinations.forEach(destination -> concerned.addAll(places.getOrDefault(destination, List.of())));
        concerned.forEach(place -> entries.set(place, compile.apply(entries.get(place))));
    }

    ListenerSnapshot snapshot() {
        return new ListenerSnapshot(listener, entries, jwt);
    }
}
