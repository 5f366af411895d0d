package io.sallyport.domain.agent;

import io.sallyport.domain.snapshot.SnapshotVersion;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * How far an agent has come.
 *
 * @param sent the newest version sent
 * @param acknowledged the newest version that it acknowledged whole
 * @param effective the newest version that is known to decide about requests
 * @param lastError what it said of the last thing it rejected and has not accepted since; empty where there is none
 * @param types the same in detail, by type of resource
 * @param held the objects of which it runs less than their newest content, though it acknowledged the rest
 * @param waitingFor why something is not sent to it yet, for people; empty where nothing waits
 */
public record Progress(
        SnapshotVersion sent,
        SnapshotVersion acknowledged,
        SnapshotVersion effective,
        String lastError,
        SortedMap<String, TypeProgress> types,
        List<Held> held,
        String waitingFor) {
    public static final Progress NONE = new Progress(
            SnapshotVersion.NONE,
            SnapshotVersion.NONE,
            SnapshotVersion.NONE,
            "",
            Collections.emptySortedMap(),
            List.of(),
            "");

    public Progress {
        held = List.copyOf(held);
        types = Collections.unmodifiableSortedMap(new TreeMap<>(types));
    }

    Progress withSent(SnapshotVersion version) {
        return new Progress(version, acknowledged, effective, lastError, types, held, waitingFor);
    }

    Progress withAcknowledged(SnapshotVersion version) {
        return new Progress(sent, version, effective, "", types, held, waitingFor);
    }

    Progress withError(String error) {
        return new Progress(sent, acknowledged, effective, error, types, held, waitingFor);
    }

    public Progress withEffective(SnapshotVersion version) {
        return new Progress(sent, acknowledged, version, lastError, types, held, waitingFor);
    }

    public Progress withHeld(List<Held> newHeld) {
        return new Progress(sent, acknowledged, effective, lastError, types, newHeld, waitingFor);
    }

    public Progress withWaitingFor(String text) {
        return new Progress(sent, acknowledged, effective, lastError, types, held, text);
    }

    public Progress withType(String type, UnaryOperator<TypeProgress> change) {
        SortedMap<String, TypeProgress> all = new TreeMap<>(types);
        all.put(type, change.apply(all.getOrDefault(type, TypeProgress.NONE)));
        return new Progress(sent, acknowledged, effective, lastError, all, held, waitingFor);
    }
}
