package io.sallyport.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.domain.Change;
import io.sallyport.domain.Metadata.Stamp;
import io.sallyport.domain.Revision;
import io.sallyport.domain.change.ChangeSet;
import io.sallyport.testkit.Samples;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every store of drafts does. Each test has an owner of its own. */
public abstract class ChangeSetStoreContract {
    private static final Instant NOON = Instant.parse("2090-01-01T12:00:00.123456Z");
    private static final Stamp BEGUN = new Stamp(NOON, "ann");
    private static final Stamp LATER = new Stamp(NOON.plusSeconds(60), "ann");

    private final String owner = UUID.randomUUID().toString();

    protected abstract ChangeSetStore drafts();

    /** Where drafts become revisions. */
    protected abstract PolicyStore store();

    @Test
    void whatIsWrittenIsReadAsItWas() {
        ChangeSet first = begun(everyForm());
        ChangeSet second = first.edited("bob", LATER, "other", new Revision(7), List.of());

        drafts().create(first, NOON);
        assertThat(drafts().find(first.id(), NOON)).contains(first);
        assertThat(drafts().replace(second)).isTrue();

        assertThat(drafts().find(first.id(), NOON)).contains(second);
        assertThat(drafts().find(UUID.randomUUID(), NOON)).isEmpty();
    }

    @Test
    void theNewestComeFirstAndOnlyDraftsAreCounted() {
        ChangeSet old = begun(List.of());
        ChangeSet discarded = begun(List.of());
        drafts().create(old, NOON);
        drafts().create(discarded, NOON);

        assertThat(drafts().draftsOf(owner, NOON)).isEqualTo(2);
        assertThat(drafts().replace(discarded.discarded(LATER))).isTrue();

        assertThat(drafts().draftsOf(owner, NOON)).isEqualTo(1);
        assertThat(drafts().list(NOON, 1000))
                .filteredOn(one -> one.owner().equals(owner))
                .containsExactly(discarded.discarded(LATER), old);
    }

    @Test
    void whatNobodyTouchedForLongIsAsIfItWereNotThere() {
        ChangeSet left = begun(List.of());
        drafts().create(left, NOON);
        Instant end = left.expiresAt();

        assertThat(drafts().find(left.id(), end.minus(Duration.ofNanos(1000)))).contains(left);
        assertThat(drafts().find(left.id(), end)).isEmpty();
        assertThat(drafts().draftsOf(owner, end)).isZero();
        assertThat(drafts().list(end, 1000)).doesNotContain(left);
    }

    @Test
    void ofManyWhoEditOneVersionOneDoes() throws Exception {
        ChangeSet first = begun(List.of());
        drafts().create(first, NOON);

        try (var editors = Executors.newFixedThreadPool(8)) {
            List<Callable<Boolean>> edits = IntStream.range(0, 8)
                    .<Callable<Boolean>>mapToObj(number -> () -> drafts().replace(edited(first, "by " + number)))
                    .toList();
            long done =
                    editors.invokeAll(edits).stream().filter(Future::resultNow).count();

            assertThat(done).isEqualTo(1);
        }
        assertThat(drafts().replace(edited(first, "late"))).isFalse();
        assertThat(drafts().replace(edited(edited(first, "late"), "later"))).isTrue();
    }

    @Test
    void aDraftIsPublishedWithItsRevisionOrNotAtAll() {
        ChangeSet first = begun(List.of());
        drafts().create(first, NOON);
        Revision before = store().head();

        assertThatThrownBy(() -> store().write(transaction -> {
                    publish(transaction, first);
                    throw new IllegalStateException("killed");
                }))
                .hasMessageContaining("killed");
        assertThat(store().head()).isEqualTo(before);
        assertThat(drafts().find(first.id(), NOON)).contains(first);

        Revision made = store().write(transaction -> publish(transaction, first));

        assertThat(made).isEqualTo(before.next());
        assertThat(store().head()).isEqualTo(made);
        assertThat(drafts().find(first.id(), NOON)).contains(first.published(LATER, made));
        boolean again = store().write(transaction -> transaction.replace(first.published(LATER, made)));
        assertThat(again).isFalse();
    }

    private static Revision publish(WriteTransaction transaction, ChangeSet draft) {
        Revision next = transaction.head().next();
        assertThat(transaction.replace(draft.published(LATER, next))).isTrue();
        Change change = Samples.put(
                next.number(),
                "drafts",
                "d" + next.number(),
                Samples.destination("drafts" + next.number() + ".example"));
        return transaction.append(NOON, "ann", "", List.of(change)).revision();
    }

    private static ChangeSet edited(ChangeSet draft, String message) {
        return draft.edited("bob", LATER, message, draft.base(), draft.changes());
    }

    private ChangeSet begun(List<Change> changes) {
        return new ChangeSet(
                UUID.randomUUID(),
                1,
                owner,
                Set.of(owner),
                BEGUN,
                BEGUN,
                "a draft",
                new Revision(3),
                ChangeSet.State.DRAFT,
                changes,
                List.of());
    }

    // Drafts have no revision yet.
    private static List<Change> everyForm() {
        return List.of(
                Samples.put(0, "shop", "billing", Samples.destination("a.example.com")),
                Samples.delete(Samples.destination("a.example.com"), "shop", "other"));
    }
}
