package io.sallyport.domain.agent;

import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import java.util.Comparator;

/**
 * A port of a host at which an agent refuses some or all as {@code sallyport/unenforceable}, since by what it has instead of
 * what it refused they would pass and are not to.
 *
 * @param destination who owns the host in the newest state, if anybody does there
 */
public record Shut(Name listener, HostPattern host, PortNumber port, ResourceName destination)
        implements Comparable<Shut> {
    private static final Comparator<Shut> ORDER = Comparator.comparing(Shut::listener)
            .thenComparing(Shut::host)
            .thenComparing(Shut::port)
            .thenComparing(Shut::destination);

    @Override
    public int compareTo(Shut other) {
        return ORDER.compare(this, other);
    }

    /** {@code host:port at listener name}. */
    @Override
    public String toString() {
        return "%s:%s at listener %s".formatted(host, port, listener);
    }
}
