package io.sallyport.local.differential;

import io.sallyport.domain.Name;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.decision.Question;
import java.time.Instant;

/** A request that both are to decide, whenever it is made. */
record Attempt(Name listener, Peer peer, Approach approach, Manner manner) {

    Question at(Instant time) {
        return new Question(listener, peer, approach, time);
    }

    /** Whether it comes over HTTP/2: what is no HTTP comes as it is. */
    boolean isHttp2() {
        return switch (approach) {
            case Approach.HttpRequest request -> manner.isHttp2();
            case Approach.Tunnel tunnel -> manner.isHttp2();
            case Approach.ClientHello hello -> false;
            case Approach.Connection connection -> false;
        };
    }
}
