package io.sallyport.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Destination;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Metadata.Stamp;
import io.sallyport.domain.Name;
import io.sallyport.domain.Revision;
import io.sallyport.domain.RevisionFilter;
import io.sallyport.domain.RevisionRecord;
import io.sallyport.domain.RevisionSummary;
import io.sallyport.domain.RevisionSummary.Counts;
import io.sallyport.domain.Spec;
import io.sallyport.domain.change.Confirmation;
import io.sallyport.testkit.Samples;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongFunction;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every store must keep, whatever it keeps it in. */
public abstract class PolicyStoreContract {
    private static final Destination A = Samples.destination("a.example.com");
    private static final Destination B = Samples.destination("b.example.com");

    private PolicyStore store;

    protected abstract PolicyStore emptyStore();

    protected abstract Doorbell doorbell();

    @BeforeEach
    void openEmptyStore() {
        store = emptyStore();
    }

    @Test
    void anEmptyStoreIsAtNoRevision() {
        assertThat(store.head()).isEqualTo(Revision.NONE);
        assertThat(store.load()).isEqualTo(DesiredState.EMPTY);
        assertThat(store.loadAt(Revision.NONE)).contains(DesiredState.EMPTY);
        assertThat(store.revisionsAfter(Revision.NONE, 10)).isEmpty();
    }

    @Test
    void everyFormOfSpecComesBackAsItWent() {
        List<Spec> specs = Samples.specs();
        List<Change> changes = IntStream.range(0, specs.size())
                .mapToObj(index -> put(1, index, specs.get(index)))
                .toList();
        RevisionRecord record = store.write(tx -> tx.append(Samples.NOW, "ann", "all \"forms\"", changes));

        assertThat(store.load()).isEqualTo(DesiredState.EMPTY.with(new Revision(1), changes));
        assertThat(store.revisionsAfter(Revision.NONE, 10)).containsExactly(record);
        assertThat(store.loadAt(new Revision(1))).contains(store.load());
    }

    @Test
    void everyRevisionCanBeReadAsItWas() {
        RevisionRecord first = write(number -> Samples.put(number, "shop", "billing", A));
        RevisionRecord second = write(number -> Samples.put(number, "shop", "billing", B));
        RevisionRecord third = write(number -> Samples.delete(B, "shop", "billing"));

        assertThat(store.loadAt(new Revision(1))).contains(DesiredState.EMPTY.with(new Revision(1), first.changes()));
        assertThat(store.loadAt(new Revision(2))).contains(DesiredState.EMPTY.with(new Revision(2), second.changes()));
        assertThat(store.loadAt(new Revision(3))).contains(store.load());
        assertThat(store.load().all()).isEmpty();
        assertThat(store.loadAt(new Revision(4))).isEmpty();
        assertThat(store.revisionsAfter(new Revision(1), 10)).containsExactly(second, third);
        assertThat(store.revisionsAfter(Revision.NONE, 1)).containsExactly(first);
        assertThat(store.revisionsBefore(new Revision(3), 10)).containsExactly(second, first);
        assertThat(store.revisionsBefore(new Revision(9), 1)).containsExactly(third);
        assertThat(store.revision(new Revision(2))).contains(second);
        assertThat(store.revision(new Revision(4))).isEmpty();
    }

    @Test
    void whatWasDeletedCanBeCreatedAgain() {
        write(number -> Samples.put(number, "shop", "billing", A));
        write(number -> Samples.delete(A, "shop", "billing"));
        RevisionRecord again = write(number -> Samples.put(number, "shop", "billing", B));

        assertThat(store.load()).isEqualTo(DesiredState.EMPTY.with(new Revision(3), again.changes()));
    }

    @Test
    void summariesSayWhatWasDoneToWhom() {
        write(number -> Samples.put(1, "shop", "billing", A, number));
        write(number -> Samples.put(2, "shop", "billing", B, number));
        write(number -> Samples.delete(B, "shop", "billing"));
        RevisionFilter byNobody = filter(List.of("bob"), List.of());
        RevisionFilter ofOther = filter(List.of(), List.of(new Name("other")));
        RevisionFilter ofBilling = filter(List.of("ann"), List.of(new Name("billing")));

        List<RevisionSummary> all = store.summaries(RevisionFilter.ALL, new Revision(9), 10);

        assertThat(all)
                .isEqualTo(store.revisionsBefore(new Revision(9), 10).stream()
                        .map(RevisionSummary::of)
                        .toList());
        assertThat(all)
                .extracting(RevisionSummary::counts)
                .containsExactly(new Counts(0, 0, 1), new Counts(0, 1, 0), new Counts(1, 0, 0));
        assertThat(store.summaries(RevisionFilter.ALL, new Revision(3), 1)).containsExactly(all.get(1));
        assertThat(store.summaries(ofBilling, new Revision(9), 10)).isEqualTo(all);
        assertThat(store.summaries(byNobody, new Revision(9), 10)).isEmpty();
        assertThat(store.summaries(RevisionFilter.ALL.within(Set.of(new Name("shop"))), new Revision(9), 10))
                .isEqualTo(all);
        assertThat(store.summaries(RevisionFilter.ALL.within(Set.of(new Name("pay"))), new Revision(9), 10))
                .isEmpty();
        assertThat(store.summaries(RevisionFilter.ALL.within(Set.of()), new Revision(9), 10))
                .isEmpty();
        assertThat(store.summaries(ofOther, new Revision(9), 10)).isEmpty();
    }

    private static RevisionFilter filter(List<String> author, List<Name> name) {
        return new RevisionFilter(
                List.of(),
                author,
                List.of(Samples.NOW.minusSeconds(1)),
                List.of(Samples.NOW.plusSeconds(1)),
                List.of(Kind.DESTINATION),
                List.of(new Name("shop")),
                name);
    }

    @Test
    void aWriteThatThrowsLeavesNothing() {
        assertThatThrownBy(() -> store.write(tx -> {
                    tx.append(Samples.NOW, "ann", "", List.of(Samples.put(1, "shop", "billing", A)));
                    throw new IllegalStateException("changed my mind");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("changed my mind");

        assertThat(store.head()).isEqualTo(Revision.NONE);
        assertThat(store.load().all()).isEmpty();
        assertThat(write(number -> Samples.put(number, "shop", "billing", A)).revision())
                .isEqualTo(new Revision(1));
    }

    @Test
    void aWriterSeesWhatWasWrittenBeforeIt() {
        RevisionRecord first = write(number -> Samples.put(number, "shop", "billing", A));

        List<RevisionRecord> seen = store.write(tx -> {
            RevisionRecord second = tx.append(Samples.NOW, "bob", "", List.of(Samples.put(2, "shop", "other", B)));
            assertThat(tx.head()).isEqualTo(second.revision());
            return tx.revisionsAfter(Revision.NONE);
        });

        assertThat(seen).isEqualTo(store.revisionsAfter(Revision.NONE, 10)).startsWith(first);
    }

    @Test
    void aRevisionIsRefusedThatNamesAnotherOrChangesNothing() {
        assertThatThrownBy(() -> store.write(tx -> tx.append(Samples.NOW, "ann", "", List.of())))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> write(number -> Samples.put(number + 1, "shop", "billing", A)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theHashTellsTheWholeHistory() {
        write(number -> Samples.put(number, "shop", "billing", A));
        String hash = write(number -> Samples.delete(A, "shop", "billing")).hash();
        store = emptyStore();
        write(number -> Samples.put(number, "shop", "billing", A));
        String same = write(number -> Samples.delete(A, "shop", "billing")).hash();
        store = emptyStore();
        write(number -> Samples.put(number, "shop", "billing", B));
        String other = write(number -> Samples.delete(A, "shop", "billing")).hash();

        assertThat(hash).matches("[0-9a-f]{64}").isEqualTo(same).isNotEqualTo(other);
    }

    @Test
    void manyWritersLoseAndSkipNoNumberAndReadersSeeNoGap() throws Exception {
        long writers = 8;
        long each = 15;
        AtomicBoolean writing = new AtomicBoolean(true);
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var reader = threads.submit(() -> readUntil(writing));
            List<Callable<Void>> work = LongStream.range(0, writers)
                    .<Callable<Void>>mapToObj(writer -> () -> {
                        for (int count = 0; count < each; count++) {
                            write(number -> Samples.put(number, "shop", "of-" + writer, A));
                        }
                        return null;
                    })
                    .toList();
            for (var done : threads.invokeAll(work)) {
                done.get();
            }
            writing.set(false);
            reader.get();
        }

        assertThat(store.head()).isEqualTo(new Revision(writers * each));
        assertThat(store.load().destinations()).hasSize((int) writers);
        assertThat(numbers(store.revisionsAfter(Revision.NONE, 1000)))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, writers * each).boxed().toList());
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyHistoryReadsAsItWasWritten(long seed) {
        Random random = new Random(seed);
        List<DesiredState> model = new ArrayList<>(List.of(DesiredState.EMPTY));
        for (int step = 0; step < 25; step++) {
            List<Change> changes =
                    randomChanges(random, model.getLast().revision().next());
            RevisionRecord record = store.write(tx -> tx.append(Samples.NOW, "ann", "", changes));
            model.add(model.getLast().with(record.revision(), changes));
        }

        assertThat(store.load()).isEqualTo(model.getLast());
        assertThat(model)
                .allSatisfy(state -> assertThat(store.loadAt(state.revision())).contains(state))
                .allSatisfy(state -> assertThat(model.getLast()
                                .with(
                                        state.revision(),
                                        store.changesBack(model.getLast().revision(), state.revision())))
                        .isEqualTo(state));
    }

    @Test
    void whoListensHearsARing() throws Exception {
        AtomicInteger heard = new AtomicInteger();
        Doorbell bell = doorbell();

        try (var _ = bell.listen(heard::incrementAndGet)) {
            await().until(() -> {
                bell.ring();
                return heard.get() >= 3;
            });
        }
    }

    private RevisionRecord write(LongFunction<Change> change) {
        return store.write(tx -> tx.append(
                Samples.NOW, "ann", "why", List.of(change.apply(tx.head().next().number()))));
    }

    private boolean readUntil(AtomicBoolean writing) {
        while (writing.get()) {
            Revision before = store.head();
            List<Long> seen = numbers(store.revisionsAfter(Revision.NONE, 1000));
            assertThat(seen)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, seen.size()).boxed().toList())
                    .hasSizeGreaterThanOrEqualTo((int) before.number());
            DesiredState state = store.load();
            assertThat(state.all())
                    .noneMatch(resource -> resource.metadata().revision().isAfter(state.revision()));
        }
        return true;
    }

    private static List<Change> randomChanges(Random random, Revision revision) {
        return IntStream.range(0, 6)
                .filter(index -> random.nextBoolean() || index == 5)
                .mapToObj(index -> random.nextInt(3) == 0
                        ? Samples.delete(A, "shop", "of-" + index)
                        : put(revision.number(), index, random.nextBoolean() ? A : B))
                .toList();
    }

    private static Change put(long revision, int index, Spec spec) {
        String name = "of-" + index;
        return Samples.put(revision, spec.kind() == Kind.NAMESPACE ? name : "shop", name, spec);
    }

    private static List<Long> numbers(List<RevisionRecord> records) {
        return records.stream().map(record -> record.revision().number()).toList();
    }

    @Test
    void whatWaitsForAWordIsFoundOnceItsTimeIsOver() {
        Revision revision = store.write(tx -> {
            Revision made =
                    tx.append(Samples.NOW, "ann", "", List.of(put(1, 0, A))).revision();
            tx.put(Confirmation.pending(made, Samples.NOW.plusSeconds(60), "ann"));
            return made;
        });

        assertThat(store.dueConfirmations(Samples.NOW.plusSeconds(59), 10)).isEmpty();
        assertThat(store.dueConfirmations(Samples.NOW.plusSeconds(60), 10))
                .containsExactly(Confirmation.pending(revision, Samples.NOW.plusSeconds(60), "ann"));
        assertThat(store.confirmation(revision.next())).isEmpty();
    }

    @Test
    void whatIsSettledWaitsNoLonger() {
        Revision revision = store.write(
                tx -> tx.append(Samples.NOW, "ann", "", List.of(put(1, 0, A))).revision());
        Confirmation pending = Confirmation.pending(revision, Samples.NOW.plusSeconds(60), "ann");
        Confirmation settled = pending.reverted(new Stamp(Samples.NOW, "sallyport"), List.of(revision), "left");
        store.write(tx -> {
            tx.put(pending);
            return tx.head();
        });

        store.write(tx -> {
            assertThat(tx.confirmation(revision)).contains(pending);
            tx.put(settled);
            return tx.head();
        });

        assertThat(store.confirmation(revision)).contains(settled);
        assertThat(store.dueConfirmations(Samples.NOW.plusSeconds(600), 10)).isEmpty();
    }
}
