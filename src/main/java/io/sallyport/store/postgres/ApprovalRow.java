package io.sallyport.store.postgres;

import io.quarkus.hibernate.orm.panache.PanacheEntityBase;
import io.sallyport.domain.access.Subject;
import io.sallyport.domain.approval.About;
import io.sallyport.domain.approval.Approval;
import jakarta.persistence.Column;
import jakarta.persistence.EmbeddedId;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.jspecify.annotations.Nullable;

/** Somebody's word on a draft or a revision. */
@Entity
@Table(name = "approvals")
class ApprovalRow extends PanacheEntityBase {
    // Longer than any draft is kept, and any revision waits.
    private static final Duration KEPT = Duration.ofDays(60);

    @EmbeddedId
    ApprovalId id;

    String name;

    @JdbcTypeCode(SqlTypes.JSON)
    String subjects;

    @Column(name = "is_root")
    boolean root;

    String verdict;
    String content;
    String comment;
    Instant givenAt;

    // For Hibernate, which fills the fields itself.
    @SuppressWarnings("NullAway")
    protected ApprovalRow() {}

    static List<Approval> of(About about) {
        return ApprovalRow.<ApprovalRow>list("id.about = ?1 order by givenAt, id.approver", about.value()).stream()
                .map(ApprovalRow::toApproval)
                .toList();
    }

    /** In place of what he said before. */
    static void put(About about, Approval approval) {
        delete("givenAt < ?1", approval.at().minus(KEPT));
        @Nullable ApprovalRow known = findById(new ApprovalId(about.value(), approval.id()));
        ApprovalRow row = known == null ? new ApprovalRow() : known;
        row.set(about, approval);
        row.persist();
    }

    static boolean withdraw(About about, String approver) {
        return deleteById(new ApprovalId(about.value(), approver));
    }

    private void set(About on, Approval approval) {
        id = new ApprovalId(on.value(), approval.id());
        name = approval.name();
        subjects = StoredJson.write(approval.subjects().toArray(Subject[]::new));
        root = approval.isRoot();
        verdict = approval.verdict().name();
        content = approval.content();
        comment = approval.comment();
        givenAt = approval.at();
    }

    private Approval toApproval() {
        return new Approval(
                id.approver(),
                name,
                Set.of(StoredJson.read(subjects, Subject[].class)),
                root,
                Approval.Verdict.valueOf(verdict),
                content,
                comment,
                givenAt);
    }
}
