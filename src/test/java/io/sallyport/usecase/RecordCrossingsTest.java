package io.sallyport.usecase;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.Sources.everyone;
import static io.sallyport.testkit.TlsBuilder.aTls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sallyport.compiler.IncrementalCompiler;
import io.sallyport.compiler.PolicyChecks;
import io.sallyport.compiler.TouchedGateways;
import io.sallyport.compiler.guardrail.Guardrails;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Metadata;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.RevisionRecord;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.rule.Validity;
import io.sallyport.domain.rule.Validity.Passed;
import io.sallyport.domain.security.TlsOrigination.Mode;
import io.sallyport.domain.security.TlsOrigination.Unverified;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import io.sallyport.rest.json.JsonForm;
import io.sallyport.store.memory.InMemoryDoorbell;
import io.sallyport.store.memory.InMemoryPolicyStore;
import io.sallyport.testkit.ResourceBuilder;
import io.sallyport.testkit.RuleBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RecordCrossingsTest {
    private static final Caller ADMIN = Caller.system("ada");
    private static final Instant START = Instant.parse("2026-11-01T00:00:00Z");
    private static final Instant END = Instant.parse("2026-12-01T00:00:00Z");

    private final InMemoryPolicyStore store = new InMemoryPolicyStore();
    private final InMemoryDoorbell doorbell = new InMemoryDoorbell();
    private final AtomicReference<Instant> now = new AtomicReference<>(START.minusSeconds(60));
    private final List<Replica> replicas = new ArrayList<>();
    private Replica replica;

    @BeforeEach
    void begin() {
        replica = start();
        write(
                aNamespace("edge"),
                aNamespace("shop").cidrs("10.0.0.0/8"),
                aGateway("edge/internet").http("http", 10080),
                aDestination("shop/billing").hosts("billing.example").port(80, Protocol.HTTP));
    }

    @AfterEach
    void end() {
        replicas.forEach(each -> each.followHead.stop());
    }

    @Test
    void aBoundIsRecordedByTheSystemOnceItHasPassed() {
        Revision written = write(grant("november"));
        replica.crossings.record();
        assertThat(store.head()).isEqualTo(written);

        now.set(START);
        replica.crossings.record();
        replica.crossings.record();

        RevisionRecord started = newest();
        assertThat(started.revision()).isEqualTo(written.next());
        assertThat(started.author()).isEqualTo("sallyport");
        assertThat(started.message()).isEqualTo("shop/november began at 2026-11-01T00:00:00Z");
        assertThat(passed("november")).isEqualTo(Passed.START);

        now.set(END);
        replica.crossings.record();

        assertThat(newest().message()).isEqualTo("shop/november expired at 2026-12-01T00:00:00Z");
        assertThat(passed("november")).isEqualTo(Passed.END);
        assertThat(store.head()).isEqualTo(written.next().next());
    }

    @Test
    void severalBoundsAtOnceAreOneRevisionAndMissedOnesAreCaughtUp() {
        Revision written = write(grant("one"), grant("two"), aRuleUntil("three", END.plusSeconds(1)));

        now.set(END.plusMillis(500));
        replica.crossings.record();

        assertThat(store.head()).isEqualTo(written.next());
        assertThat(newest().changes()).hasSize(2);
        assertThat(newest().message())
                .isEqualTo("shop/one expired at 2026-12-01T00:00:00Z, shop/two expired at 2026-12-01T00:00:00Z");
        assertThat(passed("three")).isEqualTo(Passed.NONE);
    }

    @Test
    void ofManyReplicasOneWrites() throws InterruptedException {
        Revision written = write(grant("november"));
        for (int more = 0; more < 7; more++) {
            start();
        }
        now.set(START);

        try (var threads = Executors.newFixedThreadPool(replicas.size())) {
            List<Callable<Void>> all = replicas.stream()
                    .<Callable<Void>>map(each -> () -> {
                        each.crossings.record();
                        return null;
                    })
                    .toList();
            assertThat(threads.invokeAll(all))
                    .allSatisfy(done -> assertThat(done.get()).isNull());
        }

        assertThat(store.head()).isEqualTo(written.next());
    }

    @Test
    void whatPassesWhileTheStoreIsAwayIsRecordedLater() {
        Revision written = write(grant("november"));
        store.setAway(true);
        now.set(END);
        assertThatThrownBy(replica.crossings::record)
                .isInstanceOfSatisfying(
                        FailureException.class,
                        away -> assertThat(away.failure()).isInstanceOf(Failure.Unavailable.class));

        store.setAway(false);
        replica.crossings.record();

        assertThat(store.head()).isEqualTo(written.next());
        assertThat(passed("november")).isEqualTo(Passed.END);
    }

    @Test
    void aReplicaThatRunsRecordsByItself() {
        Revision written = write(grant("november"));
        replica.crossings.start();

        now.set(START);

        await().until(() -> store.head().equals(written.next()));
        replica.crossings.stop();
    }

    @Test
    void theEndOfAnExceptionFromVerificationIsRecordedToo() {
        Revision written = write(aSecurityPolicy("shop/trial")
                .onDestination("billing")
                .tls(aTls().mode(Mode.SIMPLE).unverifiedUntil(START)));
        assertThat(exceptions()).containsExactly(new Unverified(START, "trial", false));

        now.set(START);
        replica.crossings.record();
        replica.crossings.record();

        assertThat(newest().revision()).isEqualTo(written.next());
        assertThat(newest().author()).isEqualTo("sallyport");
        assertThat(newest().message()).isEqualTo("shop/trial verifies certificates again");
        assertThat(exceptions()).containsExactly(new Unverified(START, "trial", true));
        write(aSecurityPolicy("shop/trial")
                .onDestination("billing")
                .tls(aTls().mode(Mode.SIMPLE).unverifiedUntil(START)));
        assertThat(store.head()).isEqualTo(written.next());
    }

    @Test
    void whoeverPutsTheSameBoundsAgainChangesNothing() {
        write(grant("november"));
        now.set(START);
        replica.crossings.record();
        Revision recorded = store.head();

        write(grant("november"));
        assertThat(store.head()).isEqualTo(recorded);

        write(grant("november").denying());
        assertThat(passed("november")).isEqualTo(Passed.START);
        assertThat(store.head()).isEqualTo(recorded.next());
    }

    @Test
    void otherBoundsBeginAnew() {
        write(grant("november"));
        now.set(END);
        replica.crossings.record();
        assertThat(passed("november")).isEqualTo(Passed.END);

        write(aRule("shop/november").from(everyone()).to("shop/billing").between(START, END.plusSeconds(60)));
        assertThat(passed("november")).isEqualTo(Passed.START);

        write(aRuleUntil("november", Instant.MAX));
        assertThat(passed("november")).isEqualTo(Passed.NONE);
    }

    @Test
    void whatHasPassedWhenItIsWrittenNeedsNoRevisionOfItsOwn() {
        now.set(END);
        Revision written = write(grant("november"));

        replica.crossings.record();

        assertThat(passed("november")).isEqualTo(Passed.END);
        assertThat(store.head()).isEqualTo(written);
    }

    @Test
    void theRuleStaysAsItsWriterWantedItAndTheRecordTellsWhoMovedIt() {
        write(grant("november"));
        Metadata before = stored("november").metadata();

        now.set(START);
        replica.crossings.record();

        Metadata after = stored("november").metadata();
        assertThat(after.generation()).isEqualTo(before.generation());
        assertThat(after.created()).isEqualTo(before.created());
        assertThat(after.updated()).isEqualTo(new Metadata.Stamp(START, "sallyport"));
        assertThat(after.revision()).isEqualTo(store.head());
    }

    private Replica start() {
        Replica started = new Replica();
        replicas.add(started);
        started.followHead.start();
        await().until(() -> started.current.get().revision().equals(store.head()));
        return started;
    }

    private Revision write(ResourceBuilder<?>... builders) {
        List<Intent> intents = Arrays.stream(builders)
                .map(ResourceBuilder::build)
                .<Intent>map(RecordCrossingsTest::put)
                .toList();
        return replica.apply.apply(ADMIN, "", intents).revision();
    }

    private static Intent put(Resource<?> resource) {
        Draft draft = new Draft(
                "",
                resource.key(),
                resource.metadata().labels(),
                resource.metadata().annotations(),
                resource.spec());
        return new Intent.Put(draft, new Precondition.None());
    }

    private static RuleBuilder grant(String name) {
        return aRule("shop/" + name).from(everyone()).to("shop/billing").between(START, END);
    }

    private static RuleBuilder aRuleUntil(String name, Instant end) {
        return aRule("shop/" + name).from(everyone()).to("shop/billing").between(Instant.MIN, end);
    }

    private RevisionRecord newest() {
        return store.revision(store.head()).orElseThrow();
    }

    private List<Unverified> exceptions() {
        return store.load().securityPolicies().stream()
                .flatMap(policy -> policy.spec().tls().stream())
                .flatMap(tls -> tls.unverified().stream())
                .toList();
    }

    private Resource<?> stored(String rule) {
        return store.load().find(ResourceKey.of(Kind.EGRESS_RULE, "shop", rule)).orElseThrow();
    }

    private Passed passed(String rule) {
        return store.load()
                .rule(ResourceName.of("shop", rule))
                .map(Resource<EgressRule>::spec)
                .map(EgressRule::validity)
                .map(Validity::passed)
                .orElseThrow();
    }

    /** A replica of its own on the one store. */
    private final class Replica {
        final CurrentState current = new CurrentState();
        final FollowHead followHead = new FollowHead(
                store, doorbell, current, new TouchedGateways(), new IncrementalCompiler(), new SnapshotFeed());
        final ApplyDocuments apply = new ApplyDocuments(
                new Authorizer(current::get),
                current,
                store,
                new PolicyChecks(),
                new Guardrails(new TouchedGateways(), new IncrementalCompiler()),
                new IncrementalCompiler(),
                doorbell,
                followHead,
                new JsonForm(),
                now::get,
                WriteClock.UNHEARD);
        final RecordCrossings crossings = new RecordCrossings(current, apply, now::get);
    }
}
