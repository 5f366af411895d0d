package io.sallyport.local.differential;

import io.sallyport.domain.Name;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.decision.Question;
import io.sallyport.domain.gateway.Listener;
import java.time.Instant;

/** A request that both are to decide, whenever it is made. */
record Attempt(Name listener, Peer peer, Approach approach, Manner manner) {

    Question at(Instant time) {
        return new Question(listener, peer, approach, time);
    }

    /** Whether it says two hosts: a forward proxy is asked for whole URLs, as far as hosts can be written in them. */
    boolean isDouble(Approach.HttpRequest request, Listener listener) {
        boolean asksProxy = listener.protocol() == Listener.Protocol.CONNECT && !manner.isHttp2();
        return (manner.isDouble() || asksProxy) && RandomAttempt.isOneInTargets(request.authority());
    }

    /** The scheme of what is asked for. */
    String scheme(Approach.HttpRequest request, Listener listener) {
        boolean isWholeUrl = !manner.isHttp2() && isDouble(request, listener);
        return listener.tls().isEmpty() || isWholeUrl ? "http" : "https";
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
