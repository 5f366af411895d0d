package io.sallyport.store.postgres;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.rollout.Rollout;
import java.time.Instant;

/** A rollout as a line of the bundle. {@code metSince} is empty while the gates are not passed. */
record BundledRollout(
        String namespace,
        String name,
        long version,
        long stable,
        long candidate,
        String phase,
        int step,
        int below,
        String since,
        String metSince,
        String reason,
        String by) {

    static BundledRollout of(Rollout rollout) {
        Instant met = rollout.metSince();
        return new BundledRollout(
                rollout.gateway().namespace().value(),
                rollout.gateway().name().value(),
                rollout.version(),
                rollout.stable().number(),
                rollout.candidate().number(),
                rollout.phase().name(),
                rollout.step(),
                rollout.below(),
                rollout.since().toString(),
                met.equals(Instant.MAX) ? "" : met.toString(),
                rollout.reason(),
                rollout.by());
    }

    Rollout toRollout() {
        return new Rollout(
                ResourceName.of(namespace, name),
                new Revision(stable),
                new Revision(candidate),
                Rollout.Phase.valueOf(phase),
                step,
                below,
                Instant.parse(since),
                metSince.isEmpty() ? Instant.MAX : Instant.parse(metSince),
                reason,
                by,
                version);
    }
}
