package io.sallyport.usecase;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.Sources.addresses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.compiler.IncrementalCompiler;
import io.sallyport.compiler.PolicyChecks;
import io.sallyport.compiler.TouchedGateways;
import io.sallyport.compiler.guardrail.Guardrails;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.RevisionRecord;
import io.sallyport.domain.change.Confirmation;
import io.sallyport.domain.change.Confirmation.State;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import io.sallyport.rest.json.JsonForm;
import io.sallyport.store.memory.InMemoryDoorbell;
import io.sallyport.store.memory.InMemoryPolicyStore;
import io.sallyport.testkit.ResourceBuilder;
import io.sallyport.testkit.RuleBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class RevertUnconfirmedTest {
    private static final Caller ADA = Caller.system("ada");
    private static final Instant NOON = Instant.parse("2030-06-01T12:00:00Z");
    private static final Duration TIME = Duration.ofMinutes(10);
    private static final Instant OVER = NOON.plus(TIME);

    private final InMemoryPolicyStore store = new InMemoryPolicyStore();
    private final InMemoryDoorbell doorbell = new InMemoryDoorbell();
    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final CurrentState current = new CurrentState();
    private final FollowHead followHead = new FollowHead(
            store, doorbell, current, new TouchedGateways(), new IncrementalCompiler(), new SnapshotFeed());
    private final Authorizer authorizer = new Authorizer(current::get);
    private final ApplyDocuments apply = new ApplyDocuments(
            authorizer,
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
    private final RevertUnconfirmed revert = new RevertUnconfirmed(store, apply, now::get);
    private final ConfirmRevision confirm = new ConfirmRevision(authorizer, store, now::get);

    @BeforeEach
    void begin() {
        followHead.start();
        write(
                aNamespace("edge").cidrs("10.0.0.0/8"),
                aGateway("edge/internet").http("http", 10080),
                aDestination("edge/pay")
                        .hosts("pay.example")
                        .port(80, Protocol.HTTP)
                        .at("198.51.100.1"));
    }

    @AfterEach
    void end() {
        followHead.stop();
    }

    @Test
    void whatNobodyConfirmsIsTakenBackWhenItsTimeIsOver() {
        Revision made = tentatively(allowing());

        now.set(OVER.minusMillis(1));
        revert.revert();
        assertThat(store.head()).isEqualTo(made);
        now.set(OVER);
        revert.revert();
        revert.revert();

        assertThat(store.head()).isEqualTo(made.next());
        assertThat(store.load().rules()).isEmpty();
        assertThat(newest().author()).isEqualTo("sallyport");
        assertThat(newest().message())
                .isEqualTo("Revision 2 of ada was not confirmed by %s and is taken back.".formatted(OVER));
        assertThat(store.confirmation(made).map(Confirmation::state)).contains(State.REVERTED);
        assertThat(store.confirmation(made).orElseThrow().revertedIn()).containsExactly(made.next());
    }

    @Test
    void whatIsConfirmedStays() {
        Revision made = tentatively(allowing());

        Confirmation confirmed = confirm.confirm(ADA, made);
        Confirmation again = confirm.confirm(ADA, made);
        now.set(OVER.plusSeconds(1));
        revert.revert();

        assertThat(confirmed.state()).isEqualTo(State.CONFIRMED);
        assertThat(again).isEqualTo(confirmed);
        assertThat(store.head()).isEqualTo(made);
    }

    @Test
    void itIsTooLateToConfirmOnceTheTimeIsOver() {
        Revision made = tentatively(allowing());
        now.set(OVER);

        assertThatThrownBy(() -> confirm.confirm(ADA, made)).satisfies(RevertUnconfirmedTest::isConflict);
        revert.revert();
        assertThatThrownBy(() -> confirm.confirm(ADA, made)).satisfies(RevertUnconfirmedTest::isConflict);
    }

    @Test
    void whatWasClosedIsNotOpenedAgain() {
        write(allowing());
        Revision made = tentatively(
                allowing().denying(),
                aDestination("edge/new").hosts("new.example").at("198.51.100.2"));
        now.set(OVER);

        revert.revert();

        assertThat(rule("allow").action()).isEqualTo(Action.DENY);
        assertThat(store.load().destination(ResourceName.of("edge", "new"))).isEmpty();
        assertThat(newest().message())
                .contains("Left as it is: EgressRule edge/allow (it would let pass to pay.example at port 80");
        assertThat(store.confirmation(made).orElseThrow().note()).startsWith("Left as it is: EgressRule edge/allow");
    }

    @Test
    void whereNothingCanBeTakenBackNoRevisionIsMade() {
        write(allowing());
        Revision made = tentatively(allowing().denying());
        now.set(OVER);

        revert.revert();
        revert.revert();

        assertThat(store.head()).isEqualTo(made);
        assertThat(store.confirmation(made).map(Confirmation::state)).contains(State.REVERTED);
        assertThat(store.confirmation(made).orElseThrow().revertedIn()).isEmpty();
    }

    @Test
    void aPolicyThatAsksMoreStaysAndOneThatAskedIsPutBack() {
        ResourceKey asked = ResourceKey.of(Kind.SECURITY_POLICY, "edge", "asked");
        ResourceKey asks = ResourceKey.of(Kind.SECURITY_POLICY, "edge", "asks");
        write(aSecurityPolicy("edge/asked").onDestination("pay").jwt("https://a.example", "{}"));
        List<Intent> intents = List.of(
                new Intent.Remove(asked, new Precondition.None()),
                put(aSecurityPolicy("edge/asks")
                        .onListener("internet", "http")
                        .jwt("https://a.example", "{}")
                        .build()));
        apply.apply(ADA, "", WriteOrder.of(intents).under(WriteTerms.confirmedWithin(TIME)));
        now.set(OVER);

        revert.revert();

        assertThat(store.load().find(asked)).isPresent();
        assertThat(store.load().find(asks)).isPresent();
        assertThat(newest().message()).contains("SecurityPolicy edge/asks (what it asks would be asked no longer)");
    }

    @Test
    void laterWritersWin() {
        write(allowing());
        tentatively(
                allowing().priority(7),
                aDestination("edge/new").hosts("new.example").at("198.51.100.2"));
        Revision later = write(allowing().priority(9));
        now.set(OVER);

        revert.revert();

        assertThat(rule("allow").priority()).isEqualTo(9);
        assertThat(store.load().destination(ResourceName.of("edge", "new"))).isEmpty();
        assertThat(newest().message())
                .contains("EgressRule edge/allow (written again in revision %s by ada)".formatted(later));
    }

    @Test
    void whatHangsTogetherIsTakenBackTogether() {
        Revision made = tentatively(
                aDestination("edge/new")
                        .hosts("new.example")
                        .port(80, Protocol.HTTP)
                        .at("198.51.100.2"),
                aRule("edge/to-new").from(addresses("10.0.0.0/8")).to("edge/new"));
        now.set(OVER);

        revert.revert();

        assertThat(store.head()).isEqualTo(made.next());
        assertThat(store.load().destination(ResourceName.of("edge", "new"))).isEmpty();
        assertThat(store.load().rules()).isEmpty();
    }

    @Test
    void whatIsReferredToSinceIsLeftAndTheRestTakenBack() {
        tentatively(
                aDestination("edge/new")
                        .hosts("new.example")
                        .port(80, Protocol.HTTP)
                        .at("198.51.100.2"),
                aDestination("edge/other").hosts("other.example").at("198.51.100.2"));
        write(aRule("edge/to-new").from(addresses("10.0.0.0/8")).to("edge/new"));
        now.set(OVER);

        revert.revert();

        assertThat(store.load().destination(ResourceName.of("edge", "new"))).isPresent();
        assertThat(store.load().destination(ResourceName.of("edge", "other"))).isEmpty();
        assertThat(newest().message()).contains("Left as it is: Destination edge/new");
    }

    @Test
    void ofManyReplicasOneTakesBack() {
        Revision made = tentatively(allowing());
        now.set(OVER);
        RevertUnconfirmed other = new RevertUnconfirmed(store, apply, now::get);

        revert.revert();
        other.revert();

        assertThat(store.head()).isEqualTo(made.next());
    }

    private static void isConflict(Throwable thrown) {
        assertThat(thrown)
                .isInstanceOfSatisfying(
                        FailureException.class,
                        failed -> assertThat(failed.failure()).isInstanceOf(Failure.Conflict.class));
    }

    private static RuleBuilder allowing() {
        return aRule("edge/allow").from(addresses("10.0.0.0/8")).to("edge/pay");
    }

    private EgressRule rule(String name) {
        return store.load()
                .rule(ResourceName.of("edge", name))
                .map(Resource<EgressRule>::spec)
                .orElseThrow();
    }

    private RevisionRecord newest() {
        return store.revision(store.head()).orElseThrow();
    }

    private Revision write(ResourceBuilder<?>... builders) {
        return apply.apply(ADA, "", order(builders)).revision();
    }

    private Revision tentatively(ResourceBuilder<?>... builders) {
        Written written = apply.apply(ADA, "", order(builders).under(WriteTerms.confirmedWithin(TIME)));
        assertThat(written.confirmBy()).containsExactly(now.get().plus(TIME));
        return written.revision();
    }

    private static WriteOrder order(ResourceBuilder<?>... builders) {
        return WriteOrder.of(Arrays.stream(builders)
                .<Resource<?>>map(ResourceBuilder::build)
                .map(RevertUnconfirmedTest::put)
                .toList());
    }

    private static Intent put(Resource<?> resource) {
        ResourceKey key = resource.key();
        Draft draft = new Draft(
                "", key, resource.metadata().labels(), resource.metadata().annotations(), resource.spec());
        return new Intent.Put(draft, new Precondition.None());
    }
}
