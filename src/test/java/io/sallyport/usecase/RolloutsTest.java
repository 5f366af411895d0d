package io.sallyport.usecase;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.Sources.addresses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.sallyport.agents.AgentRegistry;
import io.sallyport.agents.DecisionLog;
import io.sallyport.agents.Quarantines;
import io.sallyport.compiler.IncrementalCompiler;
import io.sallyport.compiler.TouchedGateways;
import io.sallyport.domain.Change;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Kind;
import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.domain.agent.Held;
import io.sallyport.domain.agent.Stage;
import io.sallyport.domain.audit.AuditEntry;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.gateway.AgentSelector.ClientId;
import io.sallyport.domain.rollout.Rollout;
import io.sallyport.domain.rollout.Rollout.Phase;
import io.sallyport.domain.rollout.RolloutEvent;
import io.sallyport.domain.rollout.RolloutGates;
import io.sallyport.domain.rollout.RolloutOrder;
import io.sallyport.domain.rollout.RolloutPolicy;
import io.sallyport.domain.rollout.RolloutPolicy.NewerChanges;
import io.sallyport.domain.rollout.RolloutPolicy.OnFailure;
import io.sallyport.domain.rollout.RolloutStep;
import io.sallyport.domain.rollout.RolloutStep.Promotion;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.SnapshotVersion;
import io.sallyport.feed.PublishedStates;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import io.sallyport.store.OutageBundle;
import io.sallyport.store.memory.InMemoryDoorbell;
import io.sallyport.store.memory.InMemoryLedgerStore;
import io.sallyport.store.memory.InMemoryPolicyStore;
import io.sallyport.store.memory.InMemoryRolloutStore;
import io.sallyport.testkit.GatewayBuilder;
import io.sallyport.testkit.ResourceBuilder;
import io.sallyport.testkit.RuleBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two replicas on one store, whose agents do what they are told to. */
class RolloutsTest {
    private static final ResourceName GATEWAY = ResourceName.of("edge", "internet");
    private static final Caller OLGA = Caller.system("olga");
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    private final InMemoryPolicyStore store = new InMemoryPolicyStore();
    private final InMemoryRolloutStore rollouts = new InMemoryRolloutStore();
    private final InMemoryDoorbell doorbell = new InMemoryDoorbell();
    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2030-06-01T12:00:00Z"));
    private final InMemoryLedgerStore ledgerStore = new InMemoryLedgerStore(now::get);
    private final List<Replica> replicas = new ArrayList<>();
    private Replica one;
    private Replica other;

    /** One of several on one store. */
    private final class Replica {
        private final CurrentState current = new CurrentState();
        private final SnapshotFeed feed = new SnapshotFeed();
        private final AgentRegistry registry = new AgentRegistry(now::get);
        private final Fleet fleet = new Fleet(registry);
        private final StageRollouts stage = new StageRollouts(rollouts, store);
        private final KeepLedger ledger = new KeepLedger(
                ledgerStore, registry, new DecisionLog(ignored -> Set.of()), new Quarantines(), fleet, now::get);
        private final SeeRollout see = new SeeRollout(current, stage, feed, fleet);
        private final MoveRollout move = new MoveRollout(rollouts, doorbell);
        private final DriveRollouts drive = new DriveRollouts(current, stage, see, move, rollouts, now::get);
        private final ControlRollout control =
                new ControlRollout(new Authorizer(current::get), current, see, move, rollouts, now::get);
        private final FollowHead followHead = new FollowHead(
                store,
                doorbell,
                current,
                new TouchedGateways(),
                new IncrementalCompiler(),
                feed,
                new PublishedStates(),
                OutageBundle.NONE,
                WriteClock.UNHEARD,
                stage);

        Replica begin() {
            replicas.add(this);
            followHead.start();
            catchUp();
            return this;
        }

        void catchUp() {
            assertThat(followHead.awaitRevision(store.head(), Duration.ofSeconds(10)))
                    .isTrue();
            await().pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> !hasPolicy() || version(served()) >= version(stored()));
        }

        private Optional<Rollout> served() {
            return stage.situation(GATEWAY).map(StageRollouts.Situation::rollout);
        }

        private boolean hasPolicy() {
            return current.get()
                    .gateway(GATEWAY)
                    .filter(gateway -> !gateway.spec().rollout().isEmpty())
                    .isPresent();
        }

        AgentStatus agent(String node) {
            return registry.all().stream()
                    .filter(agent -> agent.nodeId().equals(node))
                    .findFirst()
                    .orElseThrow();
        }

        Snapshot offered(String node) {
            return feed.offered(agent(node).member()).orElseThrow().snapshot();
        }

        /** It takes what it is offered, and decides by it. */
        void run(String... nodes) {
            for (String node : nodes) {
                AgentStatus agent = agent(node);
                SnapshotVersion version = offered(node).version();
                registry.update(
                        agent.id(),
                        status -> status.withSent(version.toString()).withAcknowledged(version.toString()));
                registry.effective(agent.id(), version);
            }
        }

        Stage stage(String node, Revision revision) {
            return Standing.of(feed, fleet).wholeStage(agent(node), revision, current.get());
        }
    }

    @BeforeEach
    void begin() {
        write(
                aNamespace("edge").cidrs("10.0.0.0/8"),
                gateway(policy(NewerChanges.RESTART)),
                aDestination("edge/pay")
                        .hosts("pay.example")
                        .port(80, Protocol.HTTP)
                        .at("198.51.100.1"),
                aDestination("edge/mail")
                        .hosts("mail.example")
                        .port(80, Protocol.HTTP)
                        .at("198.51.100.2"),
                aRule("edge/mail").from(addresses("10.0.0.0/8")).to("edge/mail"));
        one = new Replica().begin();
        other = new Replica().begin();
        connect(one, "canary-1", "canary");
        connect(one, "edge-1", "main");
        connect(other, "edge-2", "main");
        settle();
        assertThat(stored().orElseThrow().phase()).isEqualTo(Phase.SETTLED);
    }

    @AfterEach
    void end() {
        replicas.forEach(replica -> replica.followHead.stop());
    }

    @Test
    void aChangeIsWithTheCanaryFirstAndThenWithAll() {
        Revision changed = write(allowing());
        drive();

        assertThat(rules(one.offered("canary-1"))).contains("edge/pay");
        assertThat(rules(one.offered("edge-1"))).doesNotContain("edge/pay").contains("edge/mail");
        one.run("canary-1", "edge-1");
        other.run("edge-2");
        assertThat(one.stage("canary-1", changed)).isEqualTo(Stage.EFFECTIVE);
        assertThat(one.stage("edge-1", changed)).isEqualTo(Stage.QUEUED);
        assertThat(programmed(one)).contains("1/3 agents run it, rollout step 1 of 2", "It is to get it later");

        drive(); // the gates of the first step, and of the second, which has another of three
        assertThat(stored().orElseThrow().step()).isEqualTo(1);
        everyoneRuns();
        drive();

        assertThat(stored().orElseThrow().phase()).isEqualTo(Phase.SETTLED);
        assertThat(stored().orElseThrow().stable()).isEqualTo(changed);
        assertThat(rules(one.offered("edge-1"))).contains("edge/pay");
        assertThat(rules(other.offered("edge-2"))).contains("edge/pay");
        assertThat(one.stage("edge-1", changed)).as("before it took it").isIn(Stage.QUEUED, Stage.EFFECTIVE);
        everyoneRuns();
        assertThat(one.stage("edge-1", changed)).isEqualTo(Stage.EFFECTIVE);
        assertThat(types())
                .containsExactly(RolloutEvent.Type.STARTED, RolloutEvent.Type.ADVANCED, RolloutEvent.Type.COMPLETED);
        assertThat(auditedOf("sallyport"))
                .containsExactly(
                        "The rollout of revision 2 was begun. Revision 2 begins.",
                        "The rollout of revision 2 was brought to step 2. The gates of step 1 are passed.",
                        "The rollout of revision 2 was given to all agents. The gates of step 2 are passed. It is with all agents.");
    }

    @Test
    void beforeAnybodyMovedItNobodyHasTheChange() {
        write(allowing());

        assertThat(rules(one.offered("canary-1"))).doesNotContain("edge/pay");
        assertThat(rules(other.offered("edge-2"))).doesNotContain("edge/pay");
    }

    @Test
    void allReplicasServeTheSame() {
        write(allowing());
        drive();
        write(aRule("edge/mail").denying().from(addresses("10.0.0.0/8")).to("edge/mail"));

        assertThat(other.feed.split(GATEWAY).orElseThrow())
                .isEqualTo(one.feed.split(GATEWAY).orElseThrow());
    }

    @Test
    void whatTakesSomethingAwayIsWithAllAtOnce() {
        write(allowing());
        drive();
        Rollout before = stored().orElseThrow();
        write(aRule("edge/no")
                .denying()
                .priority(1)
                .from(addresses("10.1.0.0/16"))
                .to("edge/mail"));

        for (Snapshot each : List.of(one.offered("canary-1"), one.offered("edge-1"), other.offered("edge-2"))) {
            assertThat(rules(each)).contains("edge/no");
        }
        assertThat(rules(one.offered("edge-1"))).doesNotContain("edge/pay");
        drive();
        assertThat(stored().orElseThrow().candidate()).isEqualTo(before.candidate());

        delete("edge/mail");
        for (Snapshot each : List.of(one.offered("canary-1"), one.offered("edge-1"), other.offered("edge-2"))) {
            assertThat(rules(each)).doesNotContain("edge/mail");
        }
    }

    @Test
    void whatIsRefusedIsTakenFromAllAndWhatWasClosedMeanwhileStaysClosed() {
        write(allowing());
        drive();
        one.run("canary-1");
        delete("edge/mail");
        one.registry.held(
                one.agent("canary-1").id(),
                List.of(new Held(ResourceKey.of(Kind.EGRESS_RULE, "edge", "pay"), "too large", false)));
        drive();

        assertThat(stored().orElseThrow().phase()).isEqualTo(Phase.RETURNED);
        assertThat(stored().orElseThrow().reason()).contains("canary-1", "too large");
        assertThat(rules(one.offered("canary-1"))).doesNotContain("edge/pay", "edge/mail");
        assertThat(one.offered("canary-1").version())
                .isEqualTo(one.offered("edge-1").version());
        assertThat(types()).containsExactly(RolloutEvent.Type.STARTED, RolloutEvent.Type.RETURNED);
        assertThat(auditedOf("sallyport").getLast()).contains("was taken from all agents", "canary-1", "too large");
    }

    @Test
    void aGateThatIsNotPassedInTimeTakesItFromAll() {
        write(allowing());
        drive();
        elapse(TIMEOUT);
        drive();

        assertThat(stored().orElseThrow().phase()).isEqualTo(Phase.RETURNED);
    }

    @Test
    void theTimeForTheGatesBeginsAnewForWhoDidNotHearTheOthers() {
        write(allowing());
        drive();
        now.updateAndGet(instant -> instant.plus(TIMEOUT));
        drive();
        assertThat(stored().orElseThrow().phase()).isEqualTo(Phase.PROGRESSING);

        elapse(TIMEOUT.plusSeconds(5));
        drive();
        assertThat(stored().orElseThrow().phase()).isEqualTo(Phase.RETURNED);
    }

    @Test
    void aReplicaThatStartsInTheMiddleServesTheSameAndGoesOn() {
        write(allowing());
        drive();
        write(aRule("edge/no")
                .denying()
                .priority(1)
                .from(addresses("10.1.0.0/16"))
                .to("edge/mail"));
        one.run("canary-1");
        one.ledger.lookOnce();

        Replica late = new Replica().begin();
        assertThat(late.feed.split(GATEWAY)).isEqualTo(one.feed.split(GATEWAY));
        late.drive.drive();
        now.updateAndGet(instant -> instant.plusSeconds(1));
        late.ledger.lookOnce();
        late.drive.drive();
        assertThat(stored().orElseThrow().step())
                .as("who is there it cannot tell yet")
                .isZero();
        elapse(Duration.ofSeconds(30));
        late.drive.drive();

        assertThat(stored().orElseThrow().step()).isEqualTo(1);
    }

    @Test
    void somethingNewerBeginsAgainAndTheStableRevisionStays() {
        Revision stable = stored().orElseThrow().stable();
        write(allowing());
        drive();
        Revision newer = write(aRule("edge/more").from(addresses("10.2.0.0/16")).to("edge/pay"));
        assertThat(rules(one.offered("canary-1"))).contains("edge/pay").doesNotContain("edge/more");
        drive();

        assertThat(stored().orElseThrow().candidate()).isEqualTo(newer);
        assertThat(stored().orElseThrow().stable()).isEqualTo(stable);
        assertThat(rules(one.offered("canary-1"))).contains("edge/pay", "edge/more");
        assertThat(rules(one.offered("edge-1"))).doesNotContain("edge/pay", "edge/more");
        assertThat(types()).containsExactly(RolloutEvent.Type.STARTED, RolloutEvent.Type.RESTARTED);
    }

    @Test
    void somethingNewerWaitsWhereThePolicySaysSo() {
        write(gateway(policy(NewerChanges.WAIT)));
        Revision first = write(allowing());
        drive();
        write(aRule("edge/more").from(addresses("10.2.0.0/16")).to("edge/pay"));
        drive();
        assertThat(stored().orElseThrow().candidate()).isEqualTo(first);
        // Both replicas may move it in one round, or one of them.
        for (int move = 0; move < 4 && !stored().orElseThrow().stable().equals(first); move++) {
            everyoneRuns();
            drive();
        }
        drive();

        assertThat(stored().orElseThrow().stable()).isEqualTo(first);
        assertThat(rules(one.offered("edge-1"))).contains("edge/pay").doesNotContain("edge/more");
        assertThat(types())
                .containsExactly(
                        RolloutEvent.Type.STARTED,
                        RolloutEvent.Type.ADVANCED,
                        RolloutEvent.Type.COMPLETED,
                        RolloutEvent.Type.STARTED);
    }

    @Test
    void whoeverTakesHisChangeBackIsDone() {
        write(allowing());
        drive();
        delete("edge/pay");
        drive();

        assertThat(stored().orElseThrow().phase()).isEqualTo(Phase.SETTLED);
        assertThat(one.feed.split(GATEWAY)).isEmpty();
        assertThat(types()).containsExactly(RolloutEvent.Type.STARTED, RolloutEvent.Type.SETTLED);
    }

    @Test
    void withoutItsPolicyAGatewayHasNoRollout() {
        write(allowing());
        drive();
        write(aGateway("edge/internet").agents("gateway").http("http", 10080));
        await().until(() -> one.feed.split(GATEWAY).isEmpty());

        assertThat(rules(one.offered("edge-1"))).contains("edge/pay");
        one.drive.drive();
        assertThat(types()).containsExactly(RolloutEvent.Type.STARTED, RolloutEvent.Type.SETTLED);
        assertThat(auditedOf("sallyport").getLast()).contains("was ended", "policy was taken away");
        now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(1)));
        await().until(() -> {
            one.drive.drive();
            return stored().isEmpty();
        });
    }

    @Test
    void aPolicyThatIsTakenAwayEndedItsRolloutAlsoWhereOneCameBackBeforeAnybodyLooked() {
        write(allowing());
        drive();
        append(
                List.of(at(
                        aGateway("edge/internet").agents("gateway").http("http", 10080),
                        store.head().next())),
                List.of(at(
                        gateway(policy(NewerChanges.RESTART)),
                        store.head().next().next())));
        Revision back = store.head();

        for (Snapshot each : List.of(one.offered("canary-1"), one.offered("edge-1"), other.offered("edge-2"))) {
            assertThat(rules(each)).contains("edge/pay");
        }
        Replica late = new Replica().begin();
        assertThat(rules(late.feed.newest(GATEWAY).orElseThrow())).contains("edge/pay");
        assertThat(late.feed.split(GATEWAY)).isEmpty();
        drive();
        assertThat(stored().orElseThrow().stable()).isEqualTo(back);
        assertThat(types()).containsExactly(RolloutEvent.Type.STARTED, RolloutEvent.Type.SETTLED);

        write(aRule("edge/more").from(addresses("10.2.0.0/16")).to("edge/pay"));
        drive();
        assertThat(stored().orElseThrow().stable()).isEqualTo(back);
        assertThat(rules(one.offered("canary-1"))).contains("edge/pay", "edge/more");
        assertThat(rules(one.offered("edge-1"))).contains("edge/pay").doesNotContain("edge/more");
    }

    @Test
    void aGatewayThatIsDeletedEndsItsRolloutAndOneOfItsNameBeginsAnew() {
        write(allowing());
        drive();
        append(List.of(
                new Change.Delete(ResourceKey.of(Kind.EGRESS_RULE, "edge", "pay")),
                new Change.Delete(ResourceKey.of(Kind.EGRESS_RULE, "edge", "mail")),
                new Change.Delete(new ResourceKey(Kind.EGRESS_GATEWAY, GATEWAY))));
        one.drive.drive();
        assertThat(types()).containsExactly(RolloutEvent.Type.STARTED, RolloutEvent.Type.SETTLED);

        Revision again = write(gateway(policy(NewerChanges.RESTART)), allowing());
        drive();

        assertThat(stored().orElseThrow().stable()).isEqualTo(again);
        assertThat(rules(one.offered("edge-1"))).contains("edge/pay");
    }

    @Test
    void whatIsTakenBackIsTakenFromTheCohortAtOnceAndWhatWaitedBegins() {
        write(gateway(policy(NewerChanges.WAIT)));
        write(aDestination("edge/mail")
                .hosts("mail.example")
                .port(80, Protocol.HTTP)
                .at("198.51.100.3"));
        drive();
        assertThat(one.offered("canary-1").toString()).contains("198.51.100.3");
        write(allowing());
        drive();
        assertThat(rules(one.offered("canary-1"))).doesNotContain("edge/pay");

        Revision back = write(aDestination("edge/mail")
                .hosts("mail.example")
                .port(80, Protocol.HTTP)
                .at("198.51.100.2"));

        assertThat(one.offered("canary-1").toString()).doesNotContain("198.51.100.3");
        drive();
        assertThat(stored().orElseThrow().candidate()).isEqualTo(back);
        assertThat(rules(one.offered("canary-1"))).contains("edge/pay");
        assertThat(rules(one.offered("edge-1"))).doesNotContain("edge/pay");
    }

    @Test
    void peopleDecideAndEachDecisionIsInTheAuditTrail() {
        write(allowing());
        drive();

        order(one, RolloutOrder.PAUSE, "lunch");
        one.run("canary-1");
        drive();
        assertThat(stored().orElseThrow().phase()).isEqualTo(Phase.PAUSED);
        order(other, RolloutOrder.RESUME, "");
        order(one, RolloutOrder.ABORT, "");
        assertThat(rules(one.offered("canary-1"))).doesNotContain("edge/pay");
        order(other, RolloutOrder.PROMOTE_TO_ALL, "it was the upstream");
        assertThat(rules(other.offered("edge-2"))).contains("edge/pay");

        assertThat(types())
                .containsExactly(
                        RolloutEvent.Type.STARTED,
                        RolloutEvent.Type.PAUSED,
                        RolloutEvent.Type.RESUMED,
                        RolloutEvent.Type.RETURNED,
                        RolloutEvent.Type.COMPLETED);
        assertThat(auditedOf("olga"))
                .hasSize(4)
                .anySatisfy(reason -> assertThat(reason).contains("was paused", "lunch"));
        assertThatThrownBy(() -> one.control.order(OLGA, GATEWAY, RolloutOrder.ABORT, place -> true, ""))
                .isInstanceOf(FailureException.class);
    }

    private void order(Replica replica, RolloutOrder order, String reason) {
        RolloutView view = replica.control.order(OLGA, GATEWAY, order, place -> true, reason);
        assertThat(view.rollout().by()).isEqualTo("olga");
        replicas.forEach(Replica::catchUp);
    }

    private void connect(Replica replica, String node, String track) {
        replica.registry.connected(AgentStatus.connected(
                        node, AgentStatus.Protocol.XDS_DELTA, new ClientId("gateway"), GATEWAY, node, "", now.get())
                .labelled(Map.of("track", track)));
    }

    /** Until nothing is on its way. */
    private void settle() {
        one.drive.drive();
        replicas.forEach(Replica::catchUp);
        everyoneRuns();
    }

    private void everyoneRuns() {
        one.run("canary-1", "edge-1");
        other.run("edge-2");
    }

    /** While all replicas tell each other of their agents. */
    private void elapse(Duration time) {
        for (Instant end = now.get().plus(time); now.get().isBefore(end); ) {
            now.updateAndGet(instant -> instant.plusSeconds(5));
            replicas.forEach(replica -> replica.ledger.lookOnce());
        }
    }

    /** One look of each replica, which know of each other's agents. */
    private void drive() {
        for (int round = 0; round < 2; round++) {
            replicas.forEach(replica -> replica.ledger.lookOnce());
        }
        one.drive.drive();
        other.drive.drive();
        replicas.forEach(Replica::catchUp);
    }

    private static long version(Optional<Rollout> rollout) {
        return rollout.map(Rollout::version).orElse(0L);
    }

    private Optional<Rollout> stored() {
        return rollouts.all().stream().findFirst();
    }

    private List<RolloutEvent.Type> types() {
        return rollouts.lastEvents(GATEWAY, 20).stream().map(RolloutEvent::type).toList();
    }

    private List<String> auditedOf(String actor) {
        return rollouts.audited().stream()
                .filter(entry -> entry.actor().name().equals(actor))
                .map(AuditEntry::reason)
                .toList();
    }

    private String programmed(Replica replica) {
        replicas.forEach(each -> each.ledger.lookOnce());
        replicas.forEach(each -> each.ledger.lookOnce());
        Resource<?> rule = replica.current
                .get()
                .find(ResourceKey.of(Kind.EGRESS_RULE, "edge", "pay"))
                .orElseThrow();
        return new Programmed(
                        replica.current.get(),
                        replica.fleet.agents(),
                        Standing.of(replica.feed, replica.fleet),
                        new Authorizer(replica.current::get).access(OLGA))
                .of(rule)
                .message();
    }

    private static Set<String> rules(Snapshot snapshot) {
        Set<String> names = new TreeSet<>();
        snapshot.listeners()
                .forEach(listener -> listener.hosts()
                        .forEach(host -> host.ports()
                                .forEach(port -> port.rules()
                                        .forEach(rule -> names.add(rule.name().toString())))));
        return names;
    }

    private static RuleBuilder allowing() {
        return aRule("edge/pay").from(addresses("10.0.0.0/8")).to("edge/pay");
    }

    private static GatewayBuilder gateway(RolloutPolicy policy) {
        return aGateway("edge/internet").agents("gateway").http("http", 10080).rollingOut(policy);
    }

    private static RolloutPolicy policy(NewerChanges newer) {
        LabelSelector canaries = new LabelSelector(new TreeMap<>(Map.of("track", "canary")), List.of());
        RolloutGates gates = new RolloutGates(100, 0, Duration.ZERO, TIMEOUT);
        return new RolloutPolicy(
                List.of(
                        new RolloutStep(0, List.of(canaries), gates, Promotion.AUTOMATIC),
                        new RolloutStep(50, List.of(), gates, Promotion.AUTOMATIC)),
                OnFailure.RETURN,
                newer);
    }

    private void delete(String rule) {
        append(List.of(new Change.Delete(new ResourceKey(Kind.EGRESS_RULE, ResourceName.parse(rule)))));
    }

    private Revision write(ResourceBuilder<?>... builders) {
        Revision next = store.head().next();
        return append(Arrays.stream(builders).map(builder -> at(builder, next)).toList());
    }

    private static Change at(ResourceBuilder<?> builder, Revision revision) {
        return new Change.Put(builder.buildAt(revision));
    }

    /** Each list is a revision; nobody sees the first without the last. */
    @SafeVarargs
    private Revision append(List<Change>... changes) {
        Revision revision = store.write(transaction -> {
            for (List<Change> each : changes) {
                transaction.append(now.get(), "ada", "", each);
            }
            return transaction.head();
        });
        doorbell.ring();
        replicas.forEach(Replica::catchUp);
        return revision;
    }
}
