package io.sallyport.domain.gateway;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.PortNumber;
import java.util.List;

/**
 * A corporate forward proxy. It resolves names itself, so the gateway's address policy cannot hold behind it.
 *
 * @param address an IP address or an exact host
 * @param credential what it wants to see: a {@code Credential} of type Token, of the gateway's namespace, sent as
 *     {@code Proxy-Authorization} (RFC 9110, section 11.7.2); at most one
 */
public record UpstreamProxy(String address, PortNumber port, List<ResourceName> credential) {
    public UpstreamProxy {
        credential = List.copyOf(credential);
        if (credential.size() > 1) {
            throw new IllegalArgumentException("an upstreamProxy has at most one credentialRef");
        }
    }
}
