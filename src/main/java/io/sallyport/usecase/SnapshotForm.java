package io.sallyport.usecase;

import io.sallyport.domain.snapshot.Snapshot;
import java.util.SequencedMap;

/** The form in which people read what a gateway runs, as trees of plain Java; secrets are named and not shown. */
public interface SnapshotForm {

    /** Every part of a snapshot, by its type and then by its name. */
    SequencedMap<String, SequencedMap<String, Object>> parts(Snapshot snapshot);
}
