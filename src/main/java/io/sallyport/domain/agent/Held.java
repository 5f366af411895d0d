package io.sallyport.domain.agent;

import io.sallyport.domain.ResourceKey;

/**
 * An object of which an agent runs less than its newest content, since it refused what came of it: it runs the last that
 * it accepted, less what was revoked since, or nothing.
 *
 * @param reason in the agent's words, shortened
 * @param passes whether it may pass by itself and is tried again now and then; else it is tried when it changes
 * @param instead what the agent runs of it, and whom it refuses for that, in our words that go on "it ..."
 */
public record Held(ResourceKey object, String reason, boolean passes, String instead) {
    /** What it has of it. */
    public static final String AS_BEFORE = "runs what it accepted of it before, less what was revoked since";

    /** That it has nothing of it. */
    public static final String NOTHING = "runs nothing of it";

    public Held(ResourceKey object, String reason, boolean passes) {
        this(object, reason, passes, AS_BEFORE);
    }
}
