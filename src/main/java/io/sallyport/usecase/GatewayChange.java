package io.sallyport.usecase;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.snapshot.Snapshot;
import java.util.List;
import java.util.Optional;

/**
 * A gateway that is to run something else.
 *
 * @param before what it runs now; at most one, none where it is new
 * @param after what it is to run; at most one, none where it goes
 */
record GatewayChange(ResourceName gateway, List<Snapshot> before, List<Snapshot> after) {
    GatewayChange {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    Optional<Snapshot> earlier() {
        return before.stream().findFirst();
    }

    Optional<Snapshot> later() {
        return after.stream().findFirst();
    }
}
