package io.sallyport.compiler.envoy;

import io.sallyport.domain.snapshot.Snapshot;
import java.util.Collection;
import java.util.SortedMap;

/** A snapshot to Envoy resources. Pure: the same snapshot gives the same bytes. */
public final class EnvoyCompiler {

    public EnvoySnapshot compile(Snapshot snapshot) {
        throw new UnsupportedOperationException();
    }

    /**
     * The extension configurations to run while an Envoy moves to {@code target}: those of the target, where classes and
     * hosts that the routes or rules of {@code stillInEffect} refer to are kept beside the new ones, so that neither a
     * denial nor a grant has a gap between two updates. What the target denies is denied in them. Equal to the target's
     * where nothing overlaps.
     */
    public SortedMap<String, EnvoyResource> overlap(Collection<EnvoySnapshot> stillInEffect, EnvoySnapshot target) {
        throw new UnsupportedOperationException();
    }
}
