package io.sallyport.store.postgres;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.sallyport.domain.Metadata;
import io.sallyport.domain.Metadata.Stamp;
import io.sallyport.domain.Resource;
import io.sallyport.domain.Revision;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;

/** A resource as it is wanted now. */
@Entity
@Table(name = "resources")
class ResourceRow extends PanacheEntityBase {
    @EmbeddedId
    ResourceId id;

    UUID uid;

    @JdbcTypeCode(SqlTypes.JSON)
    String labels;

    @JdbcTypeCode(SqlTypes.JSON)
    String annotations;

    @JdbcTypeCode(SqlTypes.JSON)
    String spec;

    long generation;
    long revision;
    Instant createdAt;
    String createdBy;
    Instant updatedAt;
    String updatedBy;

    // For Hibernate, which fills the fields itself.
    @SuppressWarnings("NullAway")
    protected ResourceRow() {}

    @SuppressWarnings("NullAway")
    ResourceRow(Resource<?> resource, String storedSpec) {
        id = ResourceId.of(resource.key());
        set(resource, storedSpec);
    }

    final void set(Resource<?> resource, String storedSpec) {
        Metadata metadata = resource.metadata();
        uid = metadata.uid();
        labels = StoredJson.write(metadata.labels());
        annotations = StoredJson.write(metadata.annotations());
        spec = storedSpec;
        generation = metadata.generation();
        revision = metadata.revision().number();
        createdAt = metadata.created().at();
        createdBy = metadata.created().by();
        updatedAt = metadata.updated().at();
        updatedBy = metadata.updated().by();
    }

    Resource<?> toResource(StoredSpecs specs) {
        Metadata metadata = new Metadata(
                id.toKey(),
                StoredJson.readLabels(labels),
                StoredJson.readLabels(annotations),
                uid,
                generation,
                new Revision(revision),
                new Stamp(createdAt, createdBy),
                new Stamp(updatedAt, updatedBy));
        return specs.read(metadata, spec);
    }
}
