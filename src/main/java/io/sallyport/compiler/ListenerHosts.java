package io.sallyport.compiler;

import io.sallyport.domain.Destination;
import io.sallyport.domain.Resource;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.HostPattern;
import java.util.List;

/** The entries of one listener, before anything is said of them. */
interface ListenerHosts {

    /** What the listener tells apart, sorted. */
    List<HostPattern> entries();

    /** To whom all of an entry belongs. */
    Resource<Destination> owner(HostPattern entry);

    /** The hosts that an entry stands for, at least one. */
    List<HostPattern> hosts(HostPattern entry);

    /** Where the hosts of the listener are known with those around them. */
    KnownHosts known();

    /**
     * Named by what is asked for; a TCP listener by the one destination that it leads to.
     *
     * @param names for listeners that learn nothing else
     * @param addresses for those that learn addresses too
     */
    static ListenerHosts of(
            Listener listener, Admission admission, GatewayRoutes routes, KnownHosts names, KnownHosts addresses) {
        return switch (listener.protocol()) {
            case HTTP, HTTPS, TLS -> new AskedHosts(listener, routes, names);
            case CONNECT -> new AskedHosts(listener, routes, addresses);
            case TCP -> new LedHosts(listener, admission, learnsAddresses(listener) ? addresses : names);
        };
    }

    /** Whether a listener learns the address that is asked for. */
    static boolean learnsAddresses(Listener listener) {
        return switch (listener.protocol()) {
            case CONNECT -> true;
            case TCP -> listener.acceptsProxyProtocol();
            // A TLS listener goes by the server name alone.
            case HTTP, HTTPS, TLS -> false;
        };
    }
}
