package io.sallyport.domain.workload;

import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.SpiffeId;

/** One way in which a workload is recognised. */
public sealed interface WorkloadIdentity {
    /** By the URI SAN of its certificate. */
    record BySpiffeId(SpiffeId id) implements WorkloadIdentity {}

    /** By the address that it connects from. */
    record ByAddress(Cidr range) implements WorkloadIdentity {}
}
