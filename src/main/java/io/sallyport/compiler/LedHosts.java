package io.sallyport.compiler;

import io.sallyport.domain.Destination;
import io.sallyport.domain.Destination.Resolution;
import io.sallyport.domain.Resource;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.HostPattern;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where a TCP listener leads: to one destination, as which all of its hosts count at once. A destination that is found
 * at the address that is asked for has the entries of its ranges, and only where the listener learns that address.
 *
 * @param destination at most one
 */
record LedHosts(
        List<HostPattern> entries, List<Resource<Destination>> destination, List<HostPattern> hosts, KnownHosts known)
        implements ListenerHosts {
    LedHosts(Listener listener, Admission admission, KnownHosts known) {
        this(
                listener,
                admission,
                listener.destination().stream()
                        .flatMap(name -> admission.destination(name).stream())
                        .findFirst(),
                known);
    }

    private LedHosts(
            Listener listener, Admission admission, Optional<Resource<Destination>> destination, KnownHosts known) {
        this(
                destination.stream()
                        .flatMap(one -> entries(listener, admission, one, known))
                        .filter(listener::serves)
                        .sorted()
                        .toList(),
                destination.stream().toList(),
                destination.stream()
                        .flatMap(one -> admission.hosts(one).stream())
                        .toList(),
                known);
    }

    private static Stream<HostPattern> entries(
            Listener listener, Admission admission, Resource<Destination> destination, KnownHosts known) {
        if (destination.spec().resolution() != Resolution.ORIGINAL) {
            return Stream.of(HostPattern.EVERYTHING);
        }
        return listener.acceptsProxyProtocol() ? ranges(admission.ranges(destination), known) : Stream.of();
    }

    // Narrower ones are told apart, whosesoever they are, since more may be said of them.
    private static Stream<HostPattern> ranges(List<HostPattern> own, KnownHosts known) {
        return known.ranges().filter(range -> own.stream().anyMatch(wide -> wide.covers(range)));
    }

    @Override
    public Resource<Destination> owner(HostPattern entry) {
        return destination.getFirst();
    }

    @Override
    public List<HostPattern> hosts(HostPattern entry) {
        return entry.isRange() || hosts.isEmpty() ? List.of(entry) : hosts;
    }
}
