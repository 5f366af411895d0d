package io.sallyport.store.postgres;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.sallyport.domain.Change;
import io.sallyport.domain.Revision;
import io.sallyport.domain.RevisionRecord;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;

/** Who made a revision, when and why. */
@Entity
@Table(name = "revisions")
class RevisionRow extends PanacheEntityBase {
    @Id
    long revision;

    @Column(name = "at")
    Instant madeAt;

    String author;
    String message;
    String hash;

    // For Hibernate, which fills the fields itself.
    @SuppressWarnings("NullAway")
    protected RevisionRow() {}

    RevisionRow(RevisionRecord record) {
        revision = record.revision().number();
        madeAt = record.at();
        author = record.author();
        message = record.message();
        hash = record.hash();
    }

    RevisionRecord toRecord(List<Change> changes) {
        return new RevisionRecord(new Revision(revision), madeAt, author, message, hash, changes);
    }
}
