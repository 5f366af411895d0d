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

    /**
     * The bounds of a rule's validity that have passed are recorded as passed; nothing happens where they already are, or
     * where the rule is gone. Nobody asks for this: time does.
     */
    record CrossBounds(ResourceKey key) implements Intent {
        @Override
        public Precondition precondition() {
            return new Precondition.None();
        }
    }

    /**
     * Taken away.
     *
     * @param mayBeGone whether it is no failure where there is no such resource
     */
    record Remove(ResourceKey key, Precondition precondition, boolean mayBeGone) implements Intent {
        /** Of something that is there. */
        public Remove(ResourceKey key, Precondition precondition) {
            this(key, precondition, false);
        }
    }
}
