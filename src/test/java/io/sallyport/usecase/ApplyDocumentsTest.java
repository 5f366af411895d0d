package io.sallyport.usecase;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.compiler.IncrementalCompiler;
import io.sallyport.compiler.PolicyChecks;
import io.sallyport.compiler.TouchedGateways;
import io.sallyport.compiler.guardrail.Guardrails;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Metadata;
import io.sallyport.domain.Name;
import io.sallyport.domain.Namespace;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import io.sallyport.domain.access.Subject;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.workload.Scopes;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import io.sallyport.rest.json.JsonForm;
import io.sallyport.store.memory.InMemoryDoorbell;
import io.sallyport.store.memory.InMemoryPolicyStore;
import io.sallyport.usecase.Effect.Outcome;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class ApplyDocumentsTest {
    private static final Caller ADMIN = Caller.system("ada");
    private static final Precondition NONE = new Precondition.None();
    private static final int WRITERS = 8;

    private final InMemoryPolicyStore store = new InMemoryPolicyStore();
    private final InMemoryDoorbell doorbell = new InMemoryDoorbell();
    private final CurrentState current = new CurrentState();
    private final FollowHead followHead = new FollowHead(
            store, doorbell, current, new TouchedGateways(), new IncrementalCompiler(), new SnapshotFeed());
    private final ApplyDocuments applyDocuments = new ApplyDocuments(
            new Authorizer(current::get),
            current,
            store,
            new PolicyChecks(),
            new Guardrails(new TouchedGateways(), new IncrementalCompiler()),
            new IncrementalCompiler(),
            doorbell,
            followHead,
            new JsonForm(),
            InstantSource.system(),
            WriteClock.UNHEARD);

    @BeforeEach
    void start() {
        followHead.start();
    }

    @AfterEach
    void stop() {
        followHead.stop();
    }

    @Test
    void aWriteIsSeenByWhoeverWroteIt() {
        Written written = put("shop", Scopes.NONE, NONE);

        assertThat(written.revision()).isEqualTo(new Revision(1));
        assertThat(current.get().find(key("shop"))).isPresent();
    }

    @Test
    void whatChangesNothingMakesNoRevision() {
        put("shop", Scopes.NONE, NONE);

        Written again = put("shop", Scopes.NONE, NONE);

        assertThat(again.effects()).containsExactly(new Effect(key("shop"), Outcome.UNCHANGED));
        assertThat(store.head()).isEqualTo(new Revision(1));
    }

    @Test
    void writersOfDifferentThingsAllSucceedWithoutGaps() throws InterruptedException {
        long succeeded = succeeding(number -> () -> put("n" + number, Scopes.NONE, NONE));

        assertThat(succeeded).isEqualTo(WRITERS);
        assertThat(store.head()).isEqualTo(new Revision(WRITERS));
        assertThat(store.load().namespaces()).hasSize(WRITERS);
    }

    @Test
    void ofManyWhoHoldTheSameRevisionOneWins() throws InterruptedException {
        Revision seen = put("shop", Scopes.NONE, NONE).revision();
        Precondition asSeen = new Precondition.AtRevision(Set.of(seen));

        long succeeded = succeeding(number -> () -> put("shop", scopes("10.%d.0.0/16".formatted(number)), asSeen));

        assertThat(succeeded).isEqualTo(1);
        assertThat(store.head()).isEqualTo(new Revision(2));
    }

    @Test
    void ofManyWhoCannotStandTogetherOneWins() throws InterruptedException {
        long succeeded = succeeding(number -> () -> put("n" + number, scopes("10.0.0.0/8"), NONE));

        assertThat(succeeded).isEqualTo(1);
        assertThat(store.load().namespaces()).hasSize(1);
    }

    @Test
    void aRefusedCallerWritesNothing() {
        Caller viewer = new Caller("vera", "vera", Set.of(new Subject.Group("viewer")), false);

        assertThatThrownBy(() -> applyDocuments.apply(viewer, "", List.of(intent("shop", Scopes.NONE, NONE))))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        refused -> assertThat(refused.failure()).isInstanceOf(Failure.Forbidden.class));
        assertThat(store.head()).isEqualTo(Revision.NONE);
    }

    private Written put(String namespace, Scopes scopes, Precondition precondition) {
        return applyDocuments.apply(ADMIN, "", List.of(intent(namespace, scopes, precondition)));
    }

    private static Intent intent(String namespace, Scopes scopes, Precondition precondition) {
        Draft draft = new Draft("", key(namespace), Metadata.noLabels(), Metadata.noLabels(), new Namespace(scopes));
        return new Intent.Put(draft, precondition);
    }

    private static ResourceKey key(String namespace) {
        return ResourceKey.ofNamespace(new Name(namespace));
    }

    private static Scopes scopes(String cidr) {
        return new Scopes(List.of(), List.of(Cidr.parse(cidr)), List.of(), List.of(), List.of(), List.of());
    }

    private static long succeeding(IntFunction<Callable<Written>> writer) throws InterruptedException {
        try (var threads = Executors.newFixedThreadPool(WRITERS)) {
            List<Callable<Written>> writers =
                    IntStream.range(0, WRITERS).mapToObj(writer).toList();
            return threads.invokeAll(writers).stream()
                    .filter(ApplyDocumentsTest::isSuccess)
                    .count();
        }
    }

    private static boolean isSuccess(Future<Written> future) {
        if (future.state() == Future.State.SUCCESS) {
            return true;
        }
        assertThat(future.exceptionNow()).isInstanceOf(FailureException.class);
        return false;
    }
}
