package io.sallyport.compiler;

import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.HostPattern;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/**
 * The destinations whose rules say something of an entry: its owner, and those with a wildcard above its hosts.
 *
 * @param wholly for each of them, whether that is said of all hosts that the entry stands for
 */
record Speakers(SequencedMap<ResourceName, Boolean> wholly) {

    static Speakers of(ListenerHosts listener, HostPattern entry) {
        List<HostPattern> hosts = listener.hosts(entry);
        Map<ResourceName, Integer> covered = new LinkedHashMap<>();
        for (HostPattern host : hosts) {
            above(listener.known(), host).forEach(name -> covered.merge(name, 1, Integer::sum));
        }
        SequencedMap<ResourceName, Boolean> wholly = new LinkedHashMap<>();
        wholly.put(listener.owner(entry).name(), true);
        covered.forEach((name, count) -> wholly.putIfAbsent(name, count == hosts.size()));
        return new Speakers(wholly);
    }

    private static List<ResourceName> above(KnownHosts known, HostPattern host) {
        return known.covering(host).stream()
                .filter(HostPattern::isWildcard)
                .flatMap(pattern -> known.claims(pattern).stream())
                .map(Resource::name)
                .distinct()
                .toList();
    }
}
