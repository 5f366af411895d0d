package io.sallyport.compiler.guardrail;

import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.IpAddress;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * One host of every sort that patterns tell apart among those of an entry.
 *
 * @param asked what a guardrail asks of hosts
 * @param owners all that the listener knows
 */
record Hosts(Collection<HostPattern> asked, Owners owners) {
    private static final String STRANGER = "any-0f3c";

    List<HostPattern> of(HostPattern entry) {
        return Stream.concat(
                        Stream.of(entry),
                        Stream.concat(asked.stream(), owners.ranges().stream().map(HostPattern::ofRange))
                                .filter(entry::covers))
                .flatMap(Hosts::oneOf)
                .filter(host -> isOf(host, entry))
                .distinct()
                .sorted()
                .toList();
    }

    private static Stream<HostPattern> oneOf(HostPattern pattern) {
        if (pattern.isEverything()) {
            return Stream.of(new HostPattern(STRANGER + ".invalid"));
        }
        if (pattern.isSuffix()) {
            return Stream.of(new HostPattern(STRANGER + pattern.value().substring(1)));
        }
        return pattern.isRange() ? ofRange(pattern.range()) : Stream.of(pattern);
    }

    private static Stream<HostPattern> ofRange(Cidr range) {
        return Addresses.telling(List.of(range)).stream().map(IpAddress::value).map(HostPattern::new);
    }

    private boolean isOf(HostPattern host, HostPattern entry) {
        return owners.of(host).filter(owner -> owner.host().equals(entry)).isPresent();
    }
}
