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
    }

    /** Taken away. */
    record Delete(ResourceKey key) implements Change {}
}
