package io.sallyport.compiler.envoy;

import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.Upstream;

/** The names that resources refer to each other by. */
final class ResourceNames {
    /** What the names of clusters for TLS passthrough begin with; the host follows. */
    static final String PASSTHROUGH = "sni/";

    /** What the names of clusters for inspected tunnels begin with; the name of the upstream follows. */
    static final String TUNNEL = "tunnel/";

    /** What the names of clusters for TCP listeners begin with; the name of the upstream follows. */
    static final String RAW = "tcp/";

    private ResourceNames() {}

    /**
     * An inner listener that looks into tunnels of a CONNECT listener, and the cluster that leads to it; the key is that of
     * their resolver, empty for the common one.
     */
    static String tunnels(Listener listener, String key) {
        return listener.name() + "/tunnels" + (key.isEmpty() ? "" : "/" + key);
    }

    /** The listener behind a listener whose chains are grants, the cluster that leads to it, and its routes. */
    static String cut(Listener listener) {
        return listener.name() + "/cut";
    }

    /** What resolves names for an inner listener. */
    static String tunnelResolver(String innerListener) {
        return innerListener + "/resolver";
    }

    /** The cluster by which an Envoy asks its own listener. */
    static String probe(Listener listener) {
        return "probe/" + listener.name();
    }

    /** Whose tokens a listener that reads HTTP takes. */
    static String tokens(Listener listener) {
        return listener.name() + "/tokens";
    }

    /** The table who of a listener that reads HTTP: classes by who a source is. */
    static String identities(Listener listener) {
        return listener.name() + "/identities";
    }

    /** The table who of a listener that reads HTTP: classes by where a source comes from. */
    static String addresses(Listener listener) {
        return listener.name() + "/addresses";
    }

    /** The table may of a listener, or one part of it. */
    static String rules(Listener listener, int bucket) {
        return listener.name() + "/rules/" + bucket;
    }

    /** What a listener that reads HTTP counts, and how much of it may come. */
    static String limits(Listener listener) {
        return listener.name() + "/limits";
    }

    /** What policies allow at a listener that reads HTTP. */
    static String authorization(Listener listener) {
        return listener.name() + "/authorization";
    }

    /** Which services a listener that reads HTTP asks for their leave. */
    static String externalAuthorization(Listener listener) {
        return listener.name() + "/external-authorization";
    }

    /** Which services count what comes to a listener that reads HTTP. */
    static String counting(Listener listener) {
        return listener.name() + "/counting";
    }

    /** What a TLS listener finds the part of a server name by. */
    static String shards(Listener listener) {
        return listener.name() + "/shards";
    }

    /** One part of the table where of a TLS listener. */
    static String hosts(Listener listener, int shard) {
        return listener.name() + "/hosts/" + shard;
    }

    /** The rules of a listener that never decide. */
    static String shadows(Listener listener) {
        return listener.name() + "/shadows";
    }

    /** Which bounds of validity hold when a connection comes to a TLS listener. */
    static String moments(Listener listener) {
        return listener.name() + "/moments";
    }

    /** What resolves names for a TLS or TCP listener. */
    static String resolver(Listener listener) {
        return resolver(listener, "");
    }

    /** The resolver with that key; the one without is the gateway's own. */
    static String resolver(Listener listener, String key) {
        return key.isEmpty() ? listener.name() + "/resolver" : listener.name() + "/resolver/" + key;
    }

    /** What an upstream is called that a TCP listener leads to. */
    static String raw(Upstream upstream) {
        return RAW + upstream.name();
    }

    static String passthrough(HostPattern host) {
        return PASSTHROUGH + host;
    }
}
