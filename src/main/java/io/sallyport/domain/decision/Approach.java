package io.sallyport.domain.decision;

import io.sallyport.domain.gateway.Listener.Protocol;
import io.sallyport.domain.network.IpAddress;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** How a source comes to a listener, and the host that it asks for, in whatever form it was written. */
public sealed interface Approach {

    /**
     * An HTTP request other than CONNECT.
     *
     * @param authority of an absolute-form target, else {@code Host} or {@code :authority}
     * @param path with its query
     * @param serverName of the TLS that the listener ends (SNI); at most one
     * @param headers by their names in lower case; what comes several times has that many lines
     */
    record HttpRequest(
            String authority, String method, String path, List<String> serverName, SortedMap<String, String> headers)
            implements Approach {
        private static final char END_OF_LINE = '\n';
        private static final char BETWEEN_VALUES = ',';

        public HttpRequest {
            serverName = List.copyOf(serverName);
            headers = Collections.unmodifiableSortedMap(new TreeMap<>(headers));
        }

        /** With no headers that matter. */
        public HttpRequest(String authority, String method, String path, List<String> serverName) {
            this(authority, method, path, serverName, new TreeMap<>());
        }

        /** Each header in one line (RFC 9110, section 5.3). */
        public SortedMap<String, String> combined() {
            SortedMap<String, String> combined = new TreeMap<>(headers);
            combined.replaceAll((name, lines) -> lines.replace(END_OF_LINE, BETWEEN_VALUES));
            return combined;
        }

        /** In the clear, or over TLS that names nobody. */
        public HttpRequest(String authority, String method, String path) {
            this(authority, method, path, List.of());
        }
    }

    /** CONNECT (RFC 9110, section 9.3.6). */
    record Tunnel(String authority, Inside inside) implements Approach {
        /** With what its port is for. */
        public Tunnel(String authority) {
            this(authority, new Inside.Suitable());
        }
    }

    /** The first message of a TLS handshake that is passed on unread; at most one name. */
    record ClientHello(List<String> serverName) implements Approach {
        public ClientHello {
            serverName = List.copyOf(serverName);
        }
    }

    /**
     * A connection of which nothing is read.
     *
     * @param original the address that it was meant for, by the PROXY protocol; at most one
     */
    record Connection(List<IpAddress> original) implements Approach {
        public Connection {
            original = List.copyOf(original);
        }
    }

    /** What a tunnel carries. */
    sealed interface Inside {
        /** What its port is for: where that is TLS, TLS for the host of the tunnel. */
        record Suitable() implements Inside {}

        /** TLS with that server name; at most one. */
        record Tls(List<String> serverName) implements Inside {
            public Tls {
                serverName = List.copyOf(serverName);
            }
        }

        /** Something that is no TLS. */
        record Other() implements Inside {}
    }

    /** Whether a listener of that protocol reads this. */
    default boolean isReadBy(Protocol protocol) {
        return switch (this) {
            case HttpRequest request -> protocol.isHttp();
            case Tunnel tunnel -> protocol == Protocol.CONNECT;
            case ClientHello hello -> protocol == Protocol.TLS;
            case Connection connection -> protocol == Protocol.TCP;
        };
    }
}
