package io.sallyport.compiler.envoy;

import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;

/** What a request is stamped with by the route that it takes: the key of its rules. */
final class Stamp {
    /** For a host that nobody owns; no host is written so. */
    static final String UNKNOWN = "-";

    private Stamp() {}

    static String of(HostPattern host, PortNumber port) {
        return host + ":" + port;
    }

    /** For a port that the owner of the host does not list. */
    static String of(HostPattern host) {
        return host.value();
    }
}
