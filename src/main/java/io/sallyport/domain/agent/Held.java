package io.sallyport.domain.agent;

import io.sallyport.domain.ResourceKey;

/**
 * An object of which an agent runs less than its newest content, since it refused what came of it: it runs the last that
 * it accepted, less what was revoked since, or nothing.
 *
 * @param reason in the agent's words, shortened
 * @param passes whether it may pass by itself and is tried again now and then; else it is tried when it changes
 */
public record Held(ResourceKey object, String reason, boolean passes) {}
