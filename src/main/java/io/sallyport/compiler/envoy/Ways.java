package io.sallyport.compiler.envoy;

import io.sallyport.domain.Revision;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.SnapshotVersion;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * A snapshot without its rules, sources and secrets: where traffic is led, whoever may go there. What hosts are the very
 * same as before are so in it too, so that two are soon compared.
 *
 * @param known that alone; none where nothing is known; at most one
 * @param rules the hosts as they were, with their rules, by listener
 */
record Ways(List<Snapshot> known, List<ListenerSnapshot> rules) {
    static final Ways NOWHERE = new Ways(List.of(), List.of());

    static Ways of(Snapshot snapshot, Collection<EnvoySnapshot> before) {
        Optional<Ways> earlier = before.stream()
                .map(one -> one.made().ways())
                .filter(ways -> !ways.known.isEmpty())
                .findFirst();
        List<ListenerSnapshot> bare = new ArrayList<>();
        for (int place = 0; place < snapshot.listeners().size(); place++) {
            ListenerSnapshot listener = snapshot.listeners().get(place);
            int index = place;
            bare.add(new ListenerSnapshot(
                    listener.listener(),
                    bare(
                            listener.hosts(),
                            earlier.map(ways -> hosts(ways.rules, index)).orElse(List.of()),
                            earlier.map(ways -> hosts(ways.snapshot().listeners(), index))
                                    .orElse(List.of())),
                    listener.jwt(),
                    listener.policy()));
        }
        return new Ways(
                List.of(new Snapshot(
                        snapshot.gateway(),
                        new SnapshotVersion(Revision.NONE, ""),
                        snapshot.settings(),
                        List.of(),
                        bare,
                        snapshot.routes(),
                        snapshot.upstreams(),
                        snapshot.policies(),
                        List.of())),
                snapshot.listeners());
    }

    Snapshot snapshot() {
        return known.getFirst();
    }

    private static List<HostEntry> hosts(List<ListenerSnapshot> listeners, int place) {
        return place < listeners.size() ? listeners.get(place).hosts() : List.of();
    }

    @SuppressWarnings("ReferenceEquality")
    private static List<HostEntry> bare(List<HostEntry> hosts, List<HostEntry> before, List<HostEntry> bareBefore) {
        List<HostEntry> bare = new ArrayList<>(hosts.size());
        boolean isAsBefore = hosts.size() == bareBefore.size();
        for (int place = 0; place < hosts.size(); place++) {
            HostEntry host = hosts.get(place);
            boolean stays = place < before.size() && before.get(place) == host;
            HostEntry own = stays ? bareBefore.get(place) : bare(host);
            isAsBefore = isAsBefore && (stays || own.equals(bareBefore.get(place)));
            bare.add(own);
        }
        return isAsBefore ? bareBefore : bare;
    }

    private static HostEntry bare(HostEntry host) {
        return new HostEntry(
                host.host(),
                host.destination(),
                host.bucket(),
                host.ports().stream()
                        .map(port -> new PortEntry(
                                port.number(),
                                port.upstream(),
                                List.of(),
                                List.of(),
                                port.routes(),
                                port.enforceability()))
                        .toList(),
                host.policy());
    }

    /** Whether they lead the same ways, whatever the rules were. */
    @Override
    public boolean equals(Object other) {
        return other instanceof Ways ways && known.equals(ways.known);
    }

    @Override
    public int hashCode() {
        return known.hashCode();
    }
}
