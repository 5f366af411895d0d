package io.sallyport.compiler;

import io.sallyport.domain.Destination;
import io.sallyport.domain.Resource;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.IpAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The hosts that a gateway knows, and whose they are. A host with several claims, which writes refuse, belongs to the
 * first by namespace and name.
 */
final class KnownHosts {
    private final Map<HostPattern, List<Resource<Destination>>> claims = new HashMap<>();
    private final Map<String, HostPattern> byText = new HashMap<>();
    private final SortedMap<Integer, Map<Cidr, HostPattern>> byRange = new TreeMap<>(Comparator.reverseOrder());

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
            if (host.isRange()) {
                Cidr range = host.range();
                byRange.computeIfAbsent(range.prefixLength(), ignored -> new HashMap<>())
                        .put(range, host);
            }
        }
    }

    /** All destinations that name the host, the owner first. */
    List<Resource<Destination>> claims(HostPattern host) {
        return claims.getOrDefault(host, List.of());
    }

    /** The known patterns that cover all of this one, the most specific first; itself where it is known. */
    List<HostPattern> covering(HostPattern host) {
        List<HostPattern> found = new ArrayList<>();
        if (host.isRange()) {
            ranges(host.range(), found);
        } else {
            known(host.value()).ifPresent(found::add);
            ranges(host, found);
            suffixes(host.isSuffix() ? host.value().substring(2) : host.value(), found);
        }
        if (!host.isEverything()) {
            known(HostPattern.EVERYTHING.value()).ifPresent(found::add);
        }
        return found;
    }

    private void ranges(HostPattern host, List<HostPattern> found) {
        if (!byRange.isEmpty() && IpAddress.isValid(host.value())) {
            ranges(Cidr.ofSingle(new IpAddress(host.value())), found);
        }
    }

    private void ranges(Cidr range, List<HostPattern> found) {
        byRange.forEach((length, ofLength) -> {
            if (length <= range.prefixLength()) {
                Optional.ofNullable(ofLength.get(range.widened(length))).ifPresent(found::add);
            }
        });
    }

    private void suffixes(String host, List<HostPattern> found) {
        String rest = host;
        for (int dot = rest.indexOf('.'); dot >= 0; dot = rest.indexOf('.')) {
            rest = rest.substring(dot + 1);
            known("*." + rest).ifPresent(found::add);
        }
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

    Stream<HostPattern> ranges() {
        return claims.keySet().stream().filter(HostPattern::isRange);
    }

    private Optional<HostPattern> known(String text) {
        return Optional.ofNullable(byText.get(text));
    }
}
