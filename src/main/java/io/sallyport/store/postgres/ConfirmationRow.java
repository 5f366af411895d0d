package io.sallyport.store.postgres;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.sallyport.domain.Metadata.Stamp;
import io.sallyport.domain.Revision;
import io.sallyport.domain.change.Confirmation;
import io.sallyport.domain.change.UnapprovedWrite;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** A revision that waits for somebody's word, or waited for it. */
@Entity
@Table(name = "confirmations")
class ConfirmationRow extends PanacheEntityBase {
    @Id
    long revision;

    @Column(name = "until")
    Instant deadline;

    String author;
    String state;

    @Nullable
    Instant settledAt;

    @Nullable
    String settledBy;

    @Nullable
    Long revertedIn;

    String note;

    @Nullable
    @JdbcTypeCode(SqlTypes.JSON)
    String emergency;

    // For Hibernate, which fills the fields itself.
    @SuppressWarnings("NullAway")
    protected ConfirmationRow() {}

    static Optional<Confirmation> of(Revision revision) {
        return ConfirmationRow.<ConfirmationRow>findByIdOptional(revision.number())
                .map(ConfirmationRow::toConfirmation);
    }

    static List<Confirmation> due(Instant now, int limit) {
        return ConfirmationRow.<ConfirmationRow>find(
                        "state = ?1 and deadline <= ?2 order by deadline", Confirmation.State.PENDING.name(), now)
                .page(0, limit)
                .stream()
                .map(ConfirmationRow::toConfirmation)
                .toList();
    }

    static List<Confirmation> pendingEmergencies() {
        return ConfirmationRow.<ConfirmationRow>find(
                        "state = ?1 and emergency is not null order by revision", Confirmation.State.PENDING.name())
                .stream()
                .map(ConfirmationRow::toConfirmation)
                .toList();
    }

    static void put(Confirmation confirmation) {
        @Nullable ConfirmationRow known = findById(confirmation.revision().number());
        ConfirmationRow row = known == null ? new ConfirmationRow() : known;
        row.set(confirmation);
        row.persist();
    }

    private void set(Confirmation confirmation) {
        revision = confirmation.revision().number();
        deadline = confirmation.until();
        author = confirmation.author();
        state = confirmation.state().name();
        settledAt = confirmation.settled().stream().map(Stamp::at).findFirst().orElse(null);
        settledBy = confirmation.settled().stream().map(Stamp::by).findFirst().orElse(null);
        revertedIn = confirmation.revertedIn().stream()
                .map(Revision::number)
                .findFirst()
                .orElse(null);
        note = confirmation.note();
        emergency = confirmation.emergency().stream()
                .map(StoredJson::write)
                .findFirst()
                .orElse(null);
    }

    private Confirmation toConfirmation() {
        return new Confirmation(
                new Revision(revision),
                deadline,
                author,
                Confirmation.State.valueOf(state),
                settledAt == null || settledBy == null ? List.of() : List.of(new Stamp(settledAt, settledBy)),
                revertedIn == null ? List.of() : List.of(new Revision(revertedIn)),
                note,
                emergency == null ? List.of() : List.of(StoredJson.read(emergency, UnapprovedWrite.class)));
    }
}
