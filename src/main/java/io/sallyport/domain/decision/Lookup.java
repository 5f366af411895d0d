package io.sallyport.domain.decision;

import java.util.List;

/** What a resolver says of a name. */
public sealed interface Lookup {
    /** Nobody has asked; nothing is decided by it. */
    record Unknown() implements Lookup {}

    /** These addresses, in any order; none where the name does not exist. */
    record Found(List<ResolvedAddress> addresses) implements Lookup {
        public Found {
            addresses = List.copyOf(addresses);
        }
    }
}
