package io.sallyport.domain.decision;

import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.workload.WorkloadIdentity.ByJwt;
import java.util.List;

/**
 * Who asks, by all that he shows; what a listener makes of it is a {@link SourceIdentity}.
 *
 * @param address of the peer, or the one in the PROXY protocol header where the listener accepts that
 * @param uriSans the URI SANs of a certificate that the listener verified
 * @param token of a token that the listener verified; at most one
 */
public record Peer(IpAddress address, List<String> uriSans, List<ByJwt> token) {
    public Peer {
        uriSans = List.copyOf(uriSans);
        token = List.copyOf(token);
        if (token.size() > 1) {
            throw new IllegalArgumentException("a request carries one token at most");
        }
    }

    /** Someone who shows nothing but where he comes from. */
    public static Peer at(IpAddress address) {
        return new Peer(address, List.of(), List.of());
    }
}
