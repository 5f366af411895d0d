package io.sallyport.domain.destination;

import io.sallyport.domain.network.PortNumber;

/**
 * A port of a destination.
 *
 * @param number the port that requests and rules name
 * @param targetPort the port that is connected to, unless the endpoint has its own
 */
public record DestinationPort(PortNumber number, Protocol protocol, PortNumber targetPort) {

    /** What is spoken at the port. */
    public enum Protocol {
        HTTP,
        /** TLS-originated and verified by the gateway when it is reached in the clear. */
        HTTPS,
        HTTP2,
        GRPC,
        TLS,
        TCP;

        /** Whether an HTTP listener can lead to it. */
        public boolean isReachableByHttp() {
            return switch (this) {
                case HTTP, HTTPS, HTTP2, GRPC -> true;
                case TLS, TCP -> false;
            };
        }

        /** Whether a TLS passthrough listener can lead to it. */
        public boolean isReachableBySni() {
            return switch (this) {
                case TLS, HTTPS -> true;
                case HTTP, HTTP2, GRPC, TCP -> false;
            };
        }
    }
}
