package io.sallyport.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.compiler.IncrementalCompiler;
import io.sallyport.compiler.TouchedGateways;
import io.sallyport.domain.Change;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Kind;
import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.LabelSelector.Operator;
import io.sallyport.domain.LabelSelector.Requirement;
import io.sallyport.domain.Metadata;
import io.sallyport.domain.Name;
import io.sallyport.domain.Namespace;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import io.sallyport.domain.Spec;
import io.sallyport.domain.Workload;
import io.sallyport.domain.workload.Scopes;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import io.sallyport.store.memory.InMemoryDoorbell;
import io.sallyport.store.memory.InMemoryPolicyStore;
import io.sallyport.testkit.Patience;
import io.sallyport.testkit.Samples;
import io.sallyport.usecase.WatchEvent.How;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class WatchRevisionsTest {
    private static final Caller ROOT = Caller.system("ann");
    private static final WatchFilter ALL = new WatchFilter(Set.of(), Set.of(), List.of());

    private final InMemoryPolicyStore store = new InMemoryPolicyStore();
    private final InMemoryDoorbell doorbell = new InMemoryDoorbell();
    private final CurrentState current = new CurrentState();
    private final FollowHead followHead = new FollowHead(
            store, doorbell, current, new TouchedGateways(), new IncrementalCompiler(), new SnapshotFeed());
    private final WatchRevisions watches = new WatchRevisions(
            new Authorizer(current::get),
            store,
            new PastStates(store, current, followHead),
            current.recent(),
            followHead);

    @BeforeEach
    void start() {
        write(new Namespace(Scopes.NONE), "shop", "shop");
        followHead.start();
        followHead.awaitRevision(new Revision(1), Patience.LONG);
    }

    @AfterEach
    void stop() {
        followHead.stop();
    }

    @Test
    void whoComesBackIsToldWhatHeMissedAndNothingTwice() {
        Watch first = watches.open(ROOT, ALL, List.of(position("0")));
        assertThat(revisions(first, 1)).containsExactly(1L);
        WatchPosition left = first.position();
        workload("a");
        workload("b");

        Watch again = watches.open(ROOT, ALL, List.of(WatchPosition.parse(left.toString())));
        List<Long> told = revisions(again, 2);
        workload("c");

        assertThat(told).containsExactly(2L, 3L);
        assertThat(revisions(again, 1)).containsExactly(4L);
        assertThat(again.next(Duration.ZERO)).isEmpty();
    }

    @Test
    void whoNamesNoRevisionIsToldWhatComes() {
        Watch watch = watches.open(ROOT, ALL, List.of());
        workload("a");

        assertThat(revisions(watch, 1)).containsExactly(2L);
    }

    @Test
    void aLargeRevisionIsToldInPartsThatCanBeResumed() {
        Revision large = write(IntStream.range(0, 250)
                .mapToObj(index -> Samples.put(1, "shop", "w-" + index, new Workload(new TreeMap<>(), List.of()), 2))
                .toList());
        Watch watch = watches.open(ROOT, ALL, List.of(position("1")));

        WatchEvent first = watch.next(Patience.LONG).orElseThrow();
        Watch resumed = watches.open(
                ROOT, ALL, List.of(WatchPosition.parse(watch.position().toString())));
        List<WatchEvent> rest = events(resumed, 2);

        assertThat(first.changes()).hasSize(100);
        assertThat(first.isWhole()).isFalse();
        assertThat(watch.position()).hasToString("1+100");
        assertThat(rest).extracting(event -> event.changes().size()).containsExactly(100, 50);
        assertThat(rest.getLast().isWhole()).isTrue();
        assertThat(resumed.position()).isEqualTo(WatchPosition.after(large));
    }

    @Test
    void kindsAndNamespacesAreLeftOutAndTheirRevisionsPassed() {
        Watch watch = watches.open(
                ROOT, new WatchFilter(Set.of(Kind.DESTINATION), Set.of(new Name("shop")), List.of()), List.of());
        Revision workload = workload("a");
        followHead.awaitRevision(workload, Patience.LONG);

        Optional<WatchEvent> nothing = watch.next(Patience.LONG);
        write(Samples.destination("a.example"), "pay", "other");
        write(Samples.destination("b.example"), "shop", "billing");

        assertThat(nothing).isEmpty();
        assertThat(watch.position().revision()).isEqualTo(workload);
        assertThat(events(watch, 1).getFirst().changes())
                .singleElement()
                .satisfies(seen -> assertThat(seen.key().toString()).isEqualTo("Destination shop/billing"));
    }

    @Test
    void whatComesToBeSelectedEntersAndWhatDoesNotAnyMoreLeaves() {
        labelled("a", "team", "pay");
        labelled("b", "team", "other");
        var selector =
                new LabelSelector(new TreeMap<>(), List.of(new Requirement("team", Operator.IN, List.of("pay"))));
        Watch watch =
                watches.open(ROOT, new WatchFilter(Set.of(), Set.of(), List.of(selector)), List.of(position("3")));
        labelled("b", "team", "pay");
        labelled("a", "team", "other");
        labelled("a", "team", "nobody");
        write(List.of(new Change.Delete(ResourceKey.of(Kind.WORKLOAD, "shop", "b"))));

        assertThat(events(watch, 3))
                .extracting(event -> event.changes().getFirst().how())
                .containsExactly(How.ENTERED, How.LEFT, How.DELETED);
    }

    @Test
    void moreThanIsKeptIsReadFromTheStore() {
        for (int index = 0; index < 5; index++) {
            workload("w-" + index);
        }
        followHead.awaitRevision(new Revision(6), Patience.LONG);
        current.recent().restart(new Revision(6));

        assertThat(revisions(watches.open(ROOT, ALL, List.of(position("2"))), 4))
                .containsExactly(3L, 4L, 5L, 6L);
    }

    @Test
    void aRevisionThatIsNotThereIsRefused() {
        assertThatThrownBy(() -> watches.open(ROOT, ALL, List.of(position("99"))))
                .isInstanceOf(FailureException.class)
                .hasMessageContaining("the newest is 1");
    }

    @Test
    void watchesOfOneCallerAreBounded() {
        List<Watch> open = new ArrayList<>();
        for (int count = 0; count < WatchRevisions.MOST_OF_CALLER; count++) {
            Watch watch = watches.open(ROOT, ALL, List.of());
            watch.begin();
            open.add(watch);
        }

        assertThatThrownBy(() -> watches.open(ROOT, ALL, List.of())).hasMessageContaining("close some");
        open.getFirst().close();
        assertThat(watches.open(ROOT, ALL, List.of())).isNotNull();
    }

    @Test
    void whoGoesFromReplicaToReplicaWhileManyWriteIsToldEachRevisionOnce() throws Exception {
        CurrentState served = new CurrentState();
        FollowHead follower = new FollowHead(
                store, doorbell, served, new TouchedGateways(), new IncrementalCompiler(), new SnapshotFeed());
        WatchRevisions elsewhere = new WatchRevisions(
                new Authorizer(served::get), store, new PastStates(store, served, follower), served.recent(), follower);
        follower.start();
        List<Long> told = new ArrayList<>();
        try (var writers = Executors.newFixedThreadPool(4)) {
            IntStream.range(0, 200).forEach(number -> writers.execute(() -> write("w-" + number)));
            WatchPosition position = position("1");
            for (int stay = 0; told.size() < 200; stay++) {
                Watch watch = (stay % 2 == 0 ? watches : elsewhere).open(ROOT, ALL, List.of(position));
                told.addAll(revisions(watch, 1 + stay % 5 % (200 - told.size())));
                position = watch.position();
            }
        } finally {
            follower.stop();
        }

        assertThat(told).isEqualTo(LongStream.rangeClosed(2, 201).boxed().toList());
    }

    @Test
    void allEndWhenTheReplicaStops() {
        Watch watch = watches.open(ROOT, ALL, List.of());
        current.recent().close();

        assertThat(watch.next(Patience.LONG)).isEmpty();
        assertThat(watch.isEnded()).isTrue();
    }

    private static WatchPosition position(String text) {
        return WatchPosition.parse(text);
    }

    private static List<Long> revisions(Watch watch, int count) {
        return events(watch, count).stream()
                .map(event -> event.record().revision().number())
                .toList();
    }

    private static List<WatchEvent> events(Watch watch, int count) {
        return IntStream.range(0, count).mapToObj(ignored -> event(watch)).toList();
    }

    // What is not watched is passed over, and then nothing is told.
    private static WatchEvent event(Watch watch) {
        Optional<WatchEvent> event = watch.next(Patience.LONG);
        while (event.isEmpty() && !watch.isEnded()) {
            event = watch.next(Patience.LONG);
        }
        return event.orElseThrow();
    }

    private Revision workload(String name) {
        return write(new Workload(new TreeMap<>(), List.of()), "shop", name);
    }

    private void labelled(String name, String key, String value) {
        long next = store.head().number() + 1;
        Resource<?> plain =
                ((Change.Put) Samples.put(next, "shop", name, new Workload(new TreeMap<>(), List.of()))).resource();
        Metadata old = plain.metadata();
        TreeMap<String, String> labels = new TreeMap<>();
        labels.put(key, value);
        write(List.of(new Change.Put(new Resource<>(
                new Metadata(
                        old.key(),
                        labels,
                        old.annotations(),
                        old.uid(),
                        old.generation(),
                        old.revision(),
                        old.created(),
                        old.updated()),
                plain.spec()))));
    }

    // As one of many: what its revision will be shows when the head is locked.
    private void write(String workload) {
        Revision written = store.write(tx -> tx.append(
                        Samples.NOW,
                        "ann",
                        "",
                        List.of(Samples.put(
                                tx.head().next().number(), "shop", workload, new Workload(new TreeMap<>(), List.of()))))
                .revision());
        doorbell.ring();
        assertThat(written.number()).isPositive();
    }

    private Revision write(Spec spec, String namespace, String name) {
        return write(List.of(Samples.put(store.head().number() + 1, namespace, name, spec)));
    }

    private Revision write(List<? extends Change> changes) {
        Revision written = store.write(
                tx -> tx.append(Samples.NOW, "ann", "", List.copyOf(changes)).revision());
        doorbell.ring();
        return written;
    }
}
