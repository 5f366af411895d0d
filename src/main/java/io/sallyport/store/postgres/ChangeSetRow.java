package io.sallyport.store.postgres;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.sallyport.domain.Change;
import io.sallyport.domain.Metadata.Stamp;
import io.sallyport.domain.Revision;
import io.sallyport.domain.change.ChangeSet;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.LockModeType;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A draft of a revision. */
@Entity
@Table(name = "change_sets")
class ChangeSetRow extends PanacheEntityBase {
    @Id
    UUID id;

    long version;
    String owner;

    @JdbcTypeCode(SqlTypes.JSON)
    String authors;

    Instant createdAt;
    String createdBy;
    Instant updatedAt;
    String updatedBy;
    Instant expiresAt;
    String message;
    long base;
    String state;

    @Nullable
    Long publishedIn;

    @JdbcTypeCode(SqlTypes.JSON)
    String changes;

    // For Hibernate, which fills the fields itself.
    @SuppressWarnings("NullAway")
    protected ChangeSetRow() {}

    @SuppressWarnings("NullAway") // each field is set below
    ChangeSetRow(ChangeSet changeSet, StoredSpecs specs) {
        id = changeSet.id();
        set(changeSet, specs);
    }

    /** In the running transaction; false where the version before is not the one that is stored. */
    static boolean replace(ChangeSet changeSet, StoredSpecs specs) {
        @Nullable ChangeSetRow row = findById(changeSet.id(), LockModeType.PESSIMISTIC_WRITE);
        if (row == null || row.version != changeSet.version() - 1) {
            return false;
        }
        row.set(changeSet, specs);
        return true;
    }

    final void set(ChangeSet changeSet, StoredSpecs specs) {
        version = changeSet.version();
        owner = changeSet.owner();
        authors = StoredJson.write(changeSet.authors().stream().sorted().toArray(String[]::new));
        createdAt = changeSet.created().at();
        createdBy = changeSet.created().by();
        updatedAt = changeSet.updated().at();
        updatedBy = changeSet.updated().by();
        expiresAt = changeSet.expiresAt();
        message = changeSet.message();
        base = changeSet.base().number();
        state = changeSet.state().name();
        publishedIn = changeSet.publishedIn().stream()
                .map(Revision::number)
                .findFirst()
                .orElse(null);
        changes = StoredDraft.write(changeSet.changes(), specs);
    }

    ChangeSet toChangeSet(List<Change> read) {
        return new ChangeSet(
                id,
                version,
                owner,
                Set.of(StoredJson.read(authors, String[].class)),
                new Stamp(createdAt, createdBy),
                new Stamp(updatedAt, updatedBy),
                message,
                new Revision(base),
                ChangeSet.State.valueOf(state),
                read,
                publishedIn == null ? List.of() : List.of(new Revision(publishedIn)));
    }
}
