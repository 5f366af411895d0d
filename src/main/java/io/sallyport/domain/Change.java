package io.sallyport.domain;

import java.util.Optional;

/** What a revision did to one resource. */
public sealed interface Change {
    ResourceKey key();

    /** What makes it so: put as it is, or taken away where it is not there. */
    static Change to(ResourceKey key, Optional<? extends Resource<?>> wanted) {
        return wanted.<Change>map(Put::new).orElseGet(() -> new Delete(key));
    }

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
