package io.sallyport.compiler;

import io.sallyport.domain.Destination;
import io.sallyport.domain.Resource;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.HostPattern;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The hosts that a gateway knows, and whose they are. A host with several claims, which writes refuse, belongs to the
 * first by namespace and name.
 */
final class KnownHosts {
    private final Map<HostPattern, List<Resource<Destination>>> claims = new HashMap<>();
    private final Map<String, HostPattern> byText = new HashMap<>();

    private KnownHosts() {}

    static KnownHosts of(Admission admission) {
        KnownHosts known = new KnownHosts();
        admission
                .destinations()
                .forEach(destination -> destination.spec().hosts().stream()
                        .distinct()
                        .filter(host -> mayClaim(admission, destination, host))
                        .forEach(host -> known.add(host, destination)));
        return known;
    }

    // Hosts outside the scopes are refused when written; they are cut where the scopes shrink later.
    private static boolean mayClaim(Admission admission, Resource<Destination> destination, HostPattern host) {
        return Scoping.of(admission.state(), destination.namespace()).include(host);
    }

    private void add(HostPattern host, Resource<Destination> destination) {
        claims.computeIfAbsent(host, ignored -> new ArrayList<>()).add(destination);
        byText.put(host.value(), host);
    }

    /** All destinations that name the host, the owner first. */
    List<Resource<Destination>> claims(HostPattern host) {
        return claims.getOrDefault(host, List.of());
    }

    Collection<HostPattern> hosts() {
        return claims.keySet();
    }

    /** The known patterns that cover all of this one, the most specific first; itself where it is known. */
    List<HostPattern> covering(HostPattern host) {
        List<HostPattern> found = new ArrayList<>();
        known(host.value()).ifPresent(found::add);
        String rest = host.isWildcard() ? host.value().substring(2) : host.value();
        for (int dot = rest.indexOf('.'); dot >= 0; dot = rest.indexOf('.')) {
            rest = rest.substring(dot + 1);
            known("*." + rest).ifPresent(found::add);
        }
        return found;
    }

    Optional<Resource<Destination>> owner(HostPattern host) {
        return covering(host).stream()
                .findFirst()
                .map(pattern -> claims(pattern).getFirst());
    }

    /** What a listener serves: known hosts within its hostnames, and hostnames that are narrower than a known host. */
    List<HostPattern> servedBy(Listener listener) {
        return Stream.concat(
                        hosts().stream().filter(listener::serves),
                        listener.hostnames().stream()
                                .filter(hostname -> !covering(hostname).isEmpty()))
                .distinct()
                .sorted()
                .toList();
    }

    private Optional<HostPattern> known(String text) {
        return Optional.ofNullable(byText.get(text));
    }
}
