package io.sallyport.compiler.guardrail;

import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;

/** Which hosts are to be looked at. */
interface Concerned {
    Concerned ALL = (index, listener, entry) -> true;

    boolean is(Index index, ListenerSnapshot listener, HostEntry entry);
}
