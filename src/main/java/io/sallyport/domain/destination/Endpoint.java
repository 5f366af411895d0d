package io.sallyport.domain.destination;

import io.sallyport.domain.network.PortNumber;
import java.util.List;

/**
 * Where a destination is found.
 *
 * @param address an IP address under static resolution, else an IP address or an exact host
 * @param port its own port, which wins over the destination's {@code targetPort}; at most one
 */
public record Endpoint(String address, List<PortNumber> port) {
    public Endpoint {
        port = List.copyOf(port);
        if (port.size() > 1) {
            throw new IllegalArgumentException("an endpoint has at most one port");
        }
    }

    public PortNumber portOr(PortNumber targetPort) {
        return port.isEmpty() ? targetPort : port.getFirst();
    }
}
