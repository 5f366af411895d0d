package io.sallyport.compiler;

import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.ResourceName;
import java.util.Collection;
import java.util.Set;

/** Which gateways a change can concern; others need not be compiled again. */
public final class TouchedGateways {

    /** Gateways, of either state, whose snapshot may differ; one that is gone is among them. */
    public Set<ResourceName> of(DesiredState before, DesiredState after, Collection<? extends Change> changes) {
        throw new UnsupportedOperationException();
    }
}
