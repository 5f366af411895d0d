package io.sallyport.compiler;

import io.sallyport.domain.Destination;
import io.sallyport.domain.Resource;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.IpAddress;
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

    /** As listeners know them that learn nothing but names. */
    static KnownHosts byName(Admission admission) {
        KnownHosts known = new KnownHosts();
        admission.destinations().forEach(one -> known.addAll(admission.hosts(one), one));
        return known;
    }

    /** As listeners know them that learn addresses too: with the ranges that destinations own. */
    static KnownHosts byNameAndAddress(Admission admission) {
        KnownHosts known = byName(admission);
        admission.destinations().forEach(one -> known.addAll(admission.ranges(one), one));
        return known;
    }

    private void addAll(Collection<HostPattern> hosts, Resource<Destination> destination) {
        for (HostPattern host : hosts) {
            claims.computeIfAbsent(host, ignored -> new ArrayList<>()).add(destination);
            byText.put(host.value(), host);
        }
    }

    /** All destinations that name the host, the owner first. */
    List<Resource<Destination>> claims(HostPattern host) {
        return claims.getOrDefault(host, List.of());
    }

    /** The known patterns that cover all of this one, the most specific first; itself where it is known. */
    List<HostPattern> covering(HostPattern host) {
        List<HostPattern> found = new ArrayList<>();
        known(host.value()).ifPresent(found::add);
        if (host.isRange() || IpAddress.isValid(host.value())) {
            host.wider().forEach(wider -> known(wider.value()).ifPresent(found::add));
            return found;
        }
        String rest = host.isSuffix() ? host.value().substring(2) : host.value();
        for (int dot = rest.indexOf('.'); dot >= 0; dot = rest.indexOf('.')) {
            rest = rest.substring(dot + 1);
            known("*." + rest).ifPresent(found::add);
        }
        if (!host.isEverything()) {
            known(HostPattern.EVERYTHING.value()).ifPresent(found::add);
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
                        claims.keySet().stream().filter(listener::serves),
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
