package io.sallyport.domain.decision;

import io.sallyport.domain.Name;
import java.time.Instant;

/**
 * A request at a listener of a gateway.
 *
 * @param time of the request; where the listener decides on connections, of their start
 * @param lookup what the name that is connected to resolves to
 */
public record Question(Name listener, Peer peer, Approach approach, Instant time, Lookup lookup) {

    /** What the name resolves to is left open. */
    public Question(Name listener, Peer peer, Approach approach, Instant time) {
        this(listener, peer, approach, time, new Lookup.Unknown());
    }

    public Question with(Lookup found) {
        return new Question(listener, peer, approach, time, found);
    }
}
