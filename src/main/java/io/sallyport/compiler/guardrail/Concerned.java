package io.sallyport.compiler.guardrail;

import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import java.util.Collection;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Which hosts are to be looked at. */
interface Concerned {
    Concerned ALL = (index, listener) -> listener.hosts().stream();

    Stream<HostEntry> of(Index index, ListenerSnapshot listener);

    /** Which places are, where it matters what other ways there are to the same destination. */
    default Predicate<Place> withOtherWays(Collection<Index> now) {
        return place -> true;
    }
}
