package io.sallyport.compiler.envoy;

import io.sallyport.domain.gateway.Conduct;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.security.TrafficPolicy;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.Snapshot;

/**
 * All that shapes a listener which reads HTTP: no rule, host, identity or issuer of tokens is in it.
 *
 * @param maxHeadersKb above which a request is refused; Envoy's own bound where 0
 */
record HttpSkeleton(Listener listener, int ruleBuckets, Conduct conduct, int maxHeadersKb) {
    static HttpSkeleton of(Snapshot snapshot, ListenerSnapshot listener) {
        int maxHeadersKb = snapshot.policies().stream()
                .filter(policy -> policy.id().equals(listener.policy()))
                .flatMap(policy -> policy.sections(TrafficPolicy::requestLimits))
                .flatMapToInt(limits -> limits.headers().stream())
                .min()
                .orElse(0);
        return new HttpSkeleton(
                listener.listener(), snapshot.ruleBuckets(), snapshot.settings().conduct(), maxHeadersKb);
    }

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
