package io.sallyport.domain.snapshot;

import io.sallyport.domain.network.Cidr;
import java.util.List;

/**
 * Everyone that one {@code from} entry means: whose identity is among {@code identities}, and who comes from {@code
 * ipBlocks}.
 *
 * @param id a short hash of what the entry says, so it stays when workloads move
 * @param ipBlocks a condition on the peer's address, whatever its identity: sorted, without one inside another; no
 *     condition where empty
 */
public record SourceClass(String id, IdentitySet identities, List<Cidr> ipBlocks) {
    public SourceClass {
        ipBlocks = List.copyOf(ipBlocks);
    }
}
