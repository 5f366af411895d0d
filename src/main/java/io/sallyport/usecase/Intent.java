package io.sallyport.usecase;

import io.sallyport.domain.ResourceKey;

/** One thing that a caller wants done to one resource. */
public sealed interface Intent {
    ResourceKey key();

    Precondition precondition();

    /** Created, or replaced as a whole. */
    record Put(Draft draft, Precondition precondition) implements Intent {
        @Override
        public ResourceKey key() {
            return draft.key();
        }
    }

    /** Taken away. */
    record Remove(ResourceKey key, Precondition precondition) implements Intent {}
}
