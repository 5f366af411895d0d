package io.sallyport.store.postgres;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.sallyport.domain.Change;
import io.sallyport.domain.Kind;
import io.sallyport.domain.ResourceKey;
import jakarta.persistence.Embeddable;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** What a revision did to one resource. */
@Entity
@Table(name = "history")
class HistoryRow extends PanacheEntityBase {
    @EmbeddedId
    Position id;

    String kind;
    String namespace;
    String name;

    /** Null where the revision deleted it. */
    @JdbcTypeCode(SqlTypes.JSON)
    @Nullable
    String resource;

    // For Hibernate, which fills the fields itself.
    @SuppressWarnings("NullAway")
    protected HistoryRow() {}

    HistoryRow(long revision, int position, StoredChange stored) {
        Change change = stored.change();
        id = new Position(revision, position);
        kind = change.key().kind().documentName();
        namespace = change.key().namespace().value();
        name = change.key().name().name().value();
        resource = stored.resource();
    }

    Change toChange(StoredSpecs specs) {
        ResourceKey key = key(kind, namespace, name);
        return resource == null
                ? new Change.Delete(key)
                : new Change.Put(StoredResource.read(key, id.revision(), resource, specs));
    }

    static ResourceKey key(String kind, String namespace, String name) {
        return ResourceKey.of(Kind.ofDocumentName(kind).orElseThrow(), namespace, name);
    }

    /** The place of a change in the whole history. */
    @Embeddable
    record Position(long revision, int position) {}
}
