package io.sallyport.compiler.envoy;

import io.sallyport.domain.gateway.Conduct;
import io.sallyport.domain.gateway.Listener;

/** All that shapes a listener which reads HTTP: no rule, host, identity or issuer of tokens is in it. */
record HttpSkeleton(Listener listener, int ruleBuckets, Conduct conduct) {
    /** Whether what it decided on goes to a listener behind it, whose chains are grants. */
    boolean cuts() {
        return conduct.onRevoke() == Conduct.OnRevoke.CUT;
    }

    String name() {
        return listener.name().value();
    }

    /** Whether sources may prove who they are by tokens; a certificate leaves nothing to prove. */
    boolean takesTokens() {
        return !listener.isMutual();
    }
}
