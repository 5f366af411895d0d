package io.sallyport.local.differential;

import io.sallyport.domain.Name;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.decision.Question;
import java.time.Instant;

/**
 * A request that both are to decide, whenever it is made.
 *
 * @param isAbsolute whether an HTTP request says its host in the target, and another one in {@code Host}
 */
record Attempt(Name listener, Peer peer, Approach approach, boolean isAbsolute) {

    Question at(Instant time) {
        return new Question(listener, peer, approach, time);
    }
}
