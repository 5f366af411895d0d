package io.sallyport.compiler;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Name;
import io.sallyport.domain.workload.Scopes;

/** The scopes of a namespace; those of one that does not exist are empty. */
final class Scoping {
    private Scoping() {}

    static Scopes of(DesiredState state, Name namespace) {
        return state.namespace(namespace).map(found -> found.spec().scopes()).orElse(Scopes.NONE);
    }

    static AddressRanges addresses(DesiredState state, Name namespace) {
        return AddressRanges.of(of(state, namespace).cidrs());
    }
}
