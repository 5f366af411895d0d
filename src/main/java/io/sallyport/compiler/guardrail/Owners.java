package io.sallyport.compiler.guardrail;

import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The hosts of a listener, to be found by what is asked for.
 *
 * @param ranges those of which some are, the narrowest first
 */
record Owners(Map<HostPattern, HostEntry> entries, List<Cidr> ranges) {
    static Owners of(ListenerSnapshot listener) {
        return new Owners(
                listener.hosts().stream().collect(Collectors.toMap(HostEntry::host, Function.identity())),
                listener.hosts().stream()
                        .map(HostEntry::host)
                        .filter(HostPattern::isRange)
                        .map(HostPattern::range)
                        .sorted(Comparator.comparingInt(Cidr::prefixLength).reversed())
                        .toList());
    }

    /** Whose a host is, or all of a pattern: the most specific that covers it. */
    Optional<HostEntry> of(HostPattern host) {
        return Stream.concat(Stream.of(host), wider(host))
                .flatMap(one -> Stream.ofNullable(entries.get(one)))
                .findFirst();
    }

    private Stream<HostPattern> wider(HostPattern host) {
        if (host.isRange()) {
            return within(host.range());
        }
        return IpAddress.isValid(host.value())
                ? within(Cidr.ofSingle(new IpAddress(host.value())))
                : host.wider().stream();
    }

    // One by one, a range would lie in more than there are here.
    private Stream<HostPattern> within(Cidr range) {
        return Stream.concat(
                ranges.stream().filter(wider -> wider.contains(range)).map(HostPattern::ofRange),
                Stream.of(HostPattern.EVERYTHING));
    }
}
