package io.sallyport.domain.agent;

import io.sallyport.domain.snapshot.SnapshotVersion;
import java.util.List;

/**
 * What an agent said no to.
 *
 * @param version the snapshot that this was a part of
 * @param resources what came together and was refused together, the guilty among them; empty where it named none
 * @param reason in the agent's words, shortened
 */
public record Rejection(SnapshotVersion version, List<String> resources, String reason) {
    private static final int MOST_RESOURCES = 20;
    private static final int LONGEST_REASON = 1000;

    public Rejection {
        resources = resources.stream().limit(MOST_RESOURCES).toList();
        reason = reason.length() <= LONGEST_REASON ? reason : reason.substring(0, LONGEST_REASON) + "…";
    }
}
