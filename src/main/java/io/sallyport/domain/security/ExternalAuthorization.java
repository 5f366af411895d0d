package io.sallyport.domain.security;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.PortNumber;
import java.time.Duration;
import java.util.List;

/**
 * A service that is asked whether a request may pass, after all else allowed it (Envoy, {@code ext_authz}).
 *
 * @param destination where it is: a {@code Destination} that the policy's namespace may use
 * @param port the destination's number of it; its first where empty; at most one
 * @param pathPrefix in front of the request's path, under protocol HTTP
 * @param timeout of one question, more than zero
 * @param failOpen whether a request passes where no answer comes
 * @param requestHeaders which headers the service is shown besides method, path and host, in lower case
 * @param upstreamHeaders which headers of its answer are added to an allowed request, in lower case
 * @param maxBodyBytes how much of the body it is shown; 0 for none
 */
public record ExternalAuthorization(
        ResourceName destination,
        List<PortNumber> port,
        Protocol protocol,
        String pathPrefix,
        Duration timeout,
        boolean failOpen,
        List<String> requestHeaders,
        List<String> upstreamHeaders,
        int maxBodyBytes) {
    public ExternalAuthorization {
        port = List.copyOf(port);
        requestHeaders = List.copyOf(requestHeaders);
        upstreamHeaders = List.copyOf(upstreamHeaders);
        if (port.size() > 1 || !timeout.isPositive() || maxBodyBytes < 0) {
            throw new IllegalArgumentException("a setting of externalAuthorization is out of range");
        }
    }

    /** How it is asked. */
    public enum Protocol {
        /** {@code envoy.service.auth.v3.Authorization}. */
        GRPC,
        /** The request's own method and path, without its body unless some is shown: 200 allows. */
        HTTP
    }
}
