package io.sallyport.domain;

/** What a revision did to one resource. */
public sealed interface Change {
    ResourceKey key();

    /** Created or replaced. */
    record Put(Resource<?> resource) implements Change {
        @Override
        public ResourceKey key() {
            return resource.key();
        }

        /** Whether the resource was not there before. */
        public boolean isCreation() {
            return resource.metadata().generation() == 1
                    && resource.metadata().created().equals(resource.metadata().updated());
        }
    }

    /** Taken away. */
    record Delete(ResourceKey key) implements Change {}
}
