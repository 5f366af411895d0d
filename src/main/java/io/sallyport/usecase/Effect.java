package io.sallyport.usecase;

import io.sallyport.domain.ResourceKey;

/** What a write did to one resource. */
public record Effect(ResourceKey key, Outcome outcome) {
    /** The ways in which a write can end well. */
    public enum Outcome {
        CREATED,
        REPLACED,
        /** It was so already, and no revision was made for it. */
        UNCHANGED,
        DELETED
    }
}
