package io.sallyport.domain;

/** One stored resource: what it is, and what it asks for. */
public record Resource<S extends Spec>(Metadata metadata, S spec) {
    public Resource {
        if (metadata.key().kind() != spec.kind()) {
            throw new IllegalArgumentException("%s cannot hold the spec of a %s"
                    .formatted(metadata.key(), spec.kind().documentName()));
        }
    }

    public ResourceKey key() {
        return metadata.key();
    }

    public ResourceName name() {
        return metadata.key().name();
    }

    public Name namespace() {
        return metadata.key().namespace();
    }
}
