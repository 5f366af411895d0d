package io.sallyport.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Revision;
import io.sallyport.domain.RevisionRecord;
import io.sallyport.store.WriteTransaction;
import io.sallyport.store.memory.InMemoryPolicyStore;
import io.sallyport.testkit.Samples;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WriteTogetherTest {
    private static final int WRITERS = 20;

    private final InMemoryPolicyStore store = new InMemoryPolicyStore();
    private final WriteTogether together = new WriteTogether(store);
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Queue<WriteTransaction> transactions = new ConcurrentLinkedQueue<>();
    private final CountDownLatch firstMayEnd = new CountDownLatch(1);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void whoComesWhileAnotherCommitsIsCommittedWithTheOthersThatCome() throws Exception {
        Future<RevisionRecord> first = threads.submit(() -> together.write(this::appendOnceAllWait));
        await().until(() -> !transactions.isEmpty());

        List<Future<RevisionRecord>> others = submitted(WRITERS, this::append);
        firstMayEnd.countDown();

        assertThat(first.get().revision()).isEqualTo(new Revision(1));
        for (Future<RevisionRecord> other : others) {
            assertThat(store.revision(other.get().revision())).contains(other.get());
        }
        assertThat(store.head()).isEqualTo(new Revision(1L + WRITERS));
        assertThat(Set.copyOf(transactions)).hasSizeLessThan(WRITERS);
    }

    @Test
    void eachSeesWhatThoseBeforeItWrote() throws Exception {
        Revision seen = together.write(this::append).revision();
        Future<RevisionRecord> first = threads.submit(() -> together.write(this::appendOnceAllWait));
        await().until(() -> transactions.size() == 2);

        List<Future<List<RevisionRecord>>> others = submitted(WRITERS, transaction -> {
            List<RevisionRecord> before = transaction.revisionsAfter(seen);
            append(transaction);
            return before;
        });
        firstMayEnd.countDown();

        assertThat(first.get().revision()).isEqualTo(new Revision(2));
        for (Future<List<RevisionRecord>> other : others) {
            List<Long> before = other.get().stream()
                    .map(record -> record.revision().number())
                    .toList();
            assertThat(before)
                    .isEqualTo(LongStream.range(2, 2L + before.size()).boxed().toList());
        }
    }

    @Test
    void whoIsRefusedOrFailsTakesNobodyWithHim() throws Exception {
        Future<RevisionRecord> first = threads.submit(() -> together.write(this::appendOnceAllWait));
        await().until(() -> !transactions.isEmpty());

        List<Future<RevisionRecord>> refused = submitted(3, transaction -> {
            throw new FailureException(new Failure.Conflict("refused"));
        });
        List<Future<RevisionRecord>> broken = submitted(3, transaction -> {
            append(transaction);
            throw new IllegalStateException("broken");
        });
        List<Future<RevisionRecord>> others = submitted(WRITERS, this::append);
        firstMayEnd.countDown();

        assertThat(first.get().revision()).isEqualTo(new Revision(1));
        refused.forEach(one -> assertThatThrownBy(one::get).hasRootCauseInstanceOf(FailureException.class));
        broken.forEach(one -> assertThatThrownBy(one::get).hasRootCauseMessage("broken"));
        for (Future<RevisionRecord> other : others) {
            assertThat(store.revision(other.get().revision())).contains(other.get());
        }
        assertThat(store.head()).isEqualTo(new Revision(1L + WRITERS));
    }

    @Test
    void whereTheStoreIsAwayAllAreTold() {
        store.setAway(true);

        List<Future<RevisionRecord>> all = submitted(WRITERS, this::append);

        assertThat(all)
                .allSatisfy(one -> assertThatThrownBy(one::get)
                        .isInstanceOf(ExecutionException.class)
                        .hasRootCauseInstanceOf(FailureException.class));
        store.setAway(false);
        assertThat(together.write(this::append).revision()).isEqualTo(new Revision(1));
    }

    private <T> List<Future<T>> submitted(int number, Function<WriteTransaction, T> work) {
        return IntStream.range(0, number)
                .mapToObj(index -> threads.submit(() -> together.write(work)))
                .toList();
    }

    private RevisionRecord appendOnceAllWait(WriteTransaction transaction) {
        RevisionRecord record = append(transaction);
        try {
            firstMayEnd.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        return record;
    }

    private RevisionRecord append(WriteTransaction transaction) {
        transactions.add(transaction);
        long next = transaction.head().number() + 1;
        return transaction.append(
                Samples.NOW,
                "ann",
                "",
                List.of(Samples.put(next, "shop", "d" + next, Samples.destination("a.example.com"))));
    }
}
