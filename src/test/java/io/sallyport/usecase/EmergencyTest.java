package io.sallyport.usecase;

import static io.sallyport.testkit.ApprovalPolicyBuilder.anApprovalPolicy;
import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.TlsBuilder.aTls;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sallyport.compiler.IncrementalCompiler;
import io.sallyport.compiler.PolicyChecks;
import io.sallyport.compiler.TouchedGateways;
import io.sallyport.compiler.guardrail.Guardrails;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import io.sallyport.domain.access.Subject;
import io.sallyport.domain.approval.RiskType;
import io.sallyport.domain.audit.AuditEntry.Outcome;
import io.sallyport.domain.audit.AuditFilter;
import io.sallyport.domain.change.Confirmation.State;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.security.TlsOrigination.Mode;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import io.sallyport.rest.json.JsonForm;
import io.sallyport.store.PolicyStore;
import io.sallyport.store.memory.InMemoryDoorbell;
import io.sallyport.store.memory.InMemoryPolicyStore;
import io.sallyport.testkit.ResourceBuilder;
import io.sallyport.testkit.RuleBuilder;
import io.sallyport.testkit.Sources;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class EmergencyTest {
    private static final Caller ADA =
            new Caller("ada", "iss/ada", Set.of(new Subject.Group("on-call"), new Subject.Group("board")), true);
    private static final Caller BOB = new Caller("bob", "iss/bob", Set.of(new Subject.Group("board")), true);
    private static final Caller EVE = new Caller("eve", "iss/eve", Set.of(), true);
    private static final Instant NOON = Instant.parse("2030-06-01T12:00:00Z");
    private static final Duration TIME = Duration.ofMinutes(10);

    private final InMemoryPolicyStore store = new InMemoryPolicyStore();
    private final AtomicReference<Optional<Runnable>> meanwhile = new AtomicReference<>(Optional.empty());
    private final InMemoryDoorbell doorbell = new InMemoryDoorbell();
    private final AtomicReference<Instant> now = new AtomicReference<>(NOON);
    private final CurrentState current = new CurrentState();
    private final FollowHead followHead = new FollowHead(
            store, doorbell, current, new TouchedGateways(), new IncrementalCompiler(), new SnapshotFeed());
    private final Authorizer authorizer = new Authorizer(current::get);
    private final ApplyDocuments apply = applying(store);
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
                        .port(443, Protocol.HTTPS)
                        .at("198.51.100.1"),
                anApprovalPolicy("edge/asks")
                        .on(RiskType.NEW_DESTINATION)
                        .on(RiskType.RELAXED_TLS)
                        .skippedBy("on-call", Duration.ofHours(1)));
    }

    @AfterEach
    void end() {
        followHead.stop();
    }

    @Test
    void whatNobodyApprovesIsTakenBackWhenItsTimeIsOver() {
        Revision made = inEmergency(allowing());

        now.set(NOON.plus(TIME));
        revert.revert();

        assertThat(store.load().rules()).isEmpty();
        assertThat(store.confirmation(made).orElseThrow().state()).isEqualTo(State.REVERTED);
        assertThat(store.revision(store.head()).orElseThrow().message())
                .isEqualTo("Revision 2 of ada was not approved by %s and is taken back.".formatted(NOON.plus(TIME)));
        assertThat(store.trail().before(Long.MAX_VALUE, AuditFilter.ALL, 100))
                .filteredOn(event -> event.entry().outcome() == Outcome.EMERGENCY)
                .singleElement()
                .satisfies(event -> assertThat(event.entry().reason())
                        .contains("pager 7", "host pay.example", "approval policy edge/asks"));
    }

    @Test
    void whatAnotherApprovesInTimeStaysAndNobodyElseCan() {
        Revision made = inEmergency(allowing());

        assertThatThrownBy(() -> confirm.confirm(ADA, made)).satisfies(refused -> is(refused, Failure.Forbidden.class));
        assertThatThrownBy(() -> confirm.confirm(EVE, made)).satisfies(refused -> is(refused, Failure.Forbidden.class));
        assertThat(confirm.confirm(BOB, made).state()).isEqualTo(State.CONFIRMED);
        now.set(NOON.plus(TIME));
        revert.revert();

        assertThat(store.head()).isEqualTo(made);
    }

    @Test
    void nobodyBuildsOnIt() {
        Revision made = inEmergency(
                allowing(),
                aDestination("edge/new")
                        .hosts("new.example")
                        .port(443, Protocol.HTTPS)
                        .at("198.51.100.2"));

        refused(Failure.Conflict.class, allowing().priority(7));
        refused(Failure.Unapproved.class, allowing("edge/again", "pay"));
        refused(Failure.Conflict.class, allowing("edge/other", "new"));
        refused(Failure.Conflict.class, allowing("edge/never", "new").denying());
        write(aNamespace("far"));

        assertThat(store.head()).isEqualTo(made.next());
        assertThat(write(new Intent.Remove(key("allow"), new Precondition.None())))
                .as("it may be put back by hand")
                .isEqualTo(made.next().next());
    }

    @Test
    void tlsThatWasRelaxedIsAskedForAgain() {
        inEmergency(aSecurityPolicy("edge/clear").onDestination("pay").tls(aTls().mode(Mode.DISABLE)));

        now.set(NOON.plus(TIME));
        revert.revert();

        assertThat(store.load().securityPolicies()).isEmpty();
    }

    @Test
    void whatIsNeverTakenBackHasNoSuchWayAndWhatNeedsNobodyIsNone() {
        assertThatThrownBy(() -> apply.apply(
                        ADA,
                        "",
                        WriteOrder.of(List.of(new Intent.Remove(
                                        ResourceKey.of(Kind.APPROVAL_POLICY, "edge", "asks"), new Precondition.None())))
                                .under(WriteTerms.inEmergency(new EmergencyWish(TIME, "why")))))
                .satisfies(refused -> is(refused, Failure.Conflict.class));
        assertThatThrownBy(() -> inEmergency(allowing().denying()))
                .satisfies(refused -> is(refused, Failure.Conflict.class));
        assertThatThrownBy(() -> apply.apply(
                        EVE, "", order(allowing()).under(WriteTerms.inEmergency(new EmergencyWish(TIME, "why")))))
                .satisfies(refused -> is(refused, Failure.Forbidden.class));
        assertThatThrownBy(() -> apply.apply(
                        ADA,
                        "",
                        order(allowing()).under(WriteTerms.inEmergency(new EmergencyWish(Duration.ofHours(2), "why")))))
                .satisfies(refused -> is(refused, Failure.Conflict.class));
    }

    @Test
    void aPolicyThatComesInTheSameMomentIsAsked() {
        write(aDestination("edge/own")
                .hosts("own.example")
                .port(443, Protocol.HTTPS)
                .at("198.51.100.3"));
        ApplyDocuments racing = applying(interrupted());
        meanwhile.set(Optional.of(() -> write(anApprovalPolicy("edge/late").on(RiskType.WILDCARD_HOST))));
        RuleBuilder wide = allowing("edge/wide", "all");

        assertThatThrownBy(() -> racing.apply(
                        ADA,
                        "",
                        order(
                                aDestination("edge/all")
                                        .hosts("*.wide.example")
                                        .port(443, Protocol.HTTPS)
                                        .dynamically(),
                                wide)))
                .satisfies(
                        refused -> assertThat(((Failure.Unapproved) ((FailureException) refused).failure()).demands())
                                .hasSize(1));
        assertThat(store.load().rules()).isEmpty();
    }

    // Somebody else is faster to the lock of the head.
    private PolicyStore interrupted() {
        return (PolicyStore) Proxy.newProxyInstance(
                PolicyStore.class.getClassLoader(), new Class<?>[] {PolicyStore.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("write")) {
                        meanwhile.getAndSet(Optional.empty()).ifPresent(Runnable::run);
                    }
                    try {
                        return method.invoke(store, arguments);
                    } catch (InvocationTargetException thrown) {
                        throw thrown.getCause();
                    }
                });
    }

    private ApplyDocuments applying(PolicyStore written) {
        return new ApplyDocuments(
                new Authorizer(current::get),
                current,
                written,
                new PolicyChecks(),
                new Guardrails(new TouchedGateways(), new IncrementalCompiler()),
                new IncrementalCompiler(),
                doorbell,
                followHead,
                new JsonForm(),
                now::get,
                WriteClock.UNHEARD);
    }

    private void refused(Class<? extends Failure> how, ResourceBuilder<?>... builders) {
        assertThatThrownBy(() -> write(builders)).satisfies(refused -> is(refused, how));
    }

    private static void is(Throwable thrown, Class<? extends Failure> how) {
        assertThat(((FailureException) thrown).failure()).isInstanceOf(how);
    }

    private Revision write(ResourceBuilder<?>... builders) {
        return apply.apply(ADA, "", order(builders)).revision();
    }

    private Revision write(Intent intent) {
        return apply.apply(ADA, "", WriteOrder.of(List.of(intent))).revision();
    }

    private Revision inEmergency(ResourceBuilder<?>... builders) {
        return apply.apply(ADA, "", order(builders).under(WriteTerms.inEmergency(new EmergencyWish(TIME, "pager 7"))))
                .revision();
    }

    private static RuleBuilder allowing() {
        return allowing("edge/allow", "pay");
    }

    private static RuleBuilder allowing(String name, String destination) {
        return aRule(name)
                .tier(Tier.ADMIN)
                .gateway("edge/internet")
                .from(Sources.addresses("10.0.0.7/32"))
                .to("edge/" + destination);
    }

    private static ResourceKey key(String rule) {
        return ResourceKey.of(Kind.EGRESS_RULE, "edge", rule);
    }

    private static WriteOrder order(ResourceBuilder<?>... builders) {
        return WriteOrder.of(Arrays.stream(builders)
                .<Resource<?>>map(ResourceBuilder::build)
                .map(EmergencyTest::put)
                .toList());
    }

    private static Intent put(Resource<?> resource) {
        ResourceKey key = resource.key();
        return new Intent.Put(
                new Draft(
                        "",
                        key,
                        resource.metadata().labels(),
                        resource.metadata().annotations(),
                        resource.spec()),
                new Precondition.None());
    }
}
