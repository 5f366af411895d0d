package io.sallyport.domain.gateway;

import io.sallyport.domain.ResourceName;
import java.util.List;

/**
 * How a listener ends the TLS of workloads.
 *
 * @param credential its certificate and key: a {@code Credential} of type Certificate, of the gateway's namespace
 * @param clientCa who signs the certificates of workloads: a {@code Credential} of type CaBundle, of the gateway's
 *     namespace; exactly one under {@link Mode#MUTUAL}, else none
 */
public record ListenerTls(Mode mode, ResourceName credential, List<ResourceName> clientCa) {
    public ListenerTls {
        clientCa = List.copyOf(clientCa);
        if (clientCa.size() != (mode == Mode.MUTUAL ? 1 : 0)) {
            throw new IllegalArgumentException("clientCaRef belongs to mode Mutual, and to that alone");
        }
    }

    /** Whether workloads show a certificate too. */
    public enum Mode {
        TERMINATE,
        /** A workload without a certificate that {@code clientCa} signed is refused in the handshake. */
        MUTUAL
    }
}
