package io.sallyport.domain.agent;

import io.sallyport.domain.snapshot.SnapshotVersion;
import java.util.ArrayList;
import java.util.List;

/**
 * How far an agent has come with one type of resource. Each version is the newest of its kind: who has a version has all
 * before it.
 *
 * @param queued what it is to have; it may wait for room, for an answer, or for what must come before it
 * @param sent what it was sent last
 * @param acknowledged what it has accepted whole
 * @param rejections what it refused and has not accepted since
 */
public record TypeProgress(
        SnapshotVersion queued, SnapshotVersion sent, SnapshotVersion acknowledged, List<Rejection> rejections) {
    public static final TypeProgress NONE =
            new TypeProgress(SnapshotVersion.NONE, SnapshotVersion.NONE, SnapshotVersion.NONE, List.of());

    private static final int MOST_REJECTIONS = 20;

    public TypeProgress {
        rejections = List.copyOf(rejections);
    }

    public TypeProgress withQueued(SnapshotVersion version) {
        return new TypeProgress(version, sent, acknowledged, rejections);
    }

    public TypeProgress withSent(SnapshotVersion version) {
        return new TypeProgress(queued, version, acknowledged, rejections);
    }

    /** What is accepted whole has nothing refused in it. */
    public TypeProgress withAcknowledged(SnapshotVersion version) {
        return new TypeProgress(queued, sent, version, List.of());
    }

    /** The newest word about the same resources counts; the oldest are forgotten. */
    public TypeProgress withRejection(Rejection rejection) {
        List<Rejection> all = new ArrayList<>(rejections);
        all.removeIf(known -> known.resources().equals(rejection.resources()));
        all.add(rejection);
        return new TypeProgress(
                queued, sent, acknowledged, all.subList(Math.max(0, all.size() - MOST_REJECTIONS), all.size()));
    }
}
