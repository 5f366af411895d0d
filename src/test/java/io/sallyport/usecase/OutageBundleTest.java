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
import io.sallyport.compiler.IncrementalCompiler;
import io.sallyport.compiler.TouchedGateways;
import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.agent.AgentName;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.gateway.AgentSelector.ClientId;
import io.sallyport.domain.gateway.AllowedNamespaces;
import io.sallyport.domain.rollout.Member;
import io.sallyport.domain.rollout.Rollout;
import io.sallyport.domain.rollout.Rollout.Phase;
import io.sallyport.domain.rollout.RolloutGates;
import io.sallyport.domain.rollout.RolloutOrder;
import io.sallyport.domain.rollout.RolloutPolicy;
import io.sallyport.domain.rollout.RolloutPolicy.NewerChanges;
import io.sallyport.domain.rollout.RolloutPolicy.OnFailure;
import io.sallyport.domain.rollout.RolloutStep;
import io.sallyport.domain.rollout.RolloutStep.Promotion;
import io.sallyport.feed.PublishedStates;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import io.sallyport.store.OutageBundle;
import io.sallyport.store.RolloutsInHand;
import io.sallyport.store.memory.InMemoryDoorbell;
import io.sallyport.store.memory.InMemoryPolicyStore;
import io.sallyport.store.memory.InMemoryRolloutStore;
import io.sallyport.testkit.DestinationBuilder;
import io.sallyport.testkit.Patience;
import io.sallyport.testkit.ResourceBuilder;
import io.sallyport.testkit.RuleBuilder;
import io.sallyport.testkit.Samples;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A replica that starts while its store is away. */
class OutageBundleTest {
    private static final ResourceName INTERNET = ResourceName.of("edge", "internet");

    private static final LabelSelector CANARIES =
            new LabelSelector(new TreeMap<>(Map.of("track", "canary")), List.of());
    private static final Caller OLGA = Caller.system("olga");

    private final InMemoryPolicyStore store = new InMemoryPolicyStore();
    private final InMemoryRolloutStore rollouts = new InMemoryRolloutStore();
    private final InMemoryDoorbell doorbell = new InMemoryDoorbell();
    private final OnlyOne bundle = new OnlyOne();
    private final List<Replica> replicas = new ArrayList<>();
    private final Replica replica = new Replica();

    /** One process's part; it waits for nobody before it serves what is kept. */
    private final class Replica {
        private final CurrentState current = new CurrentState();
        private final SnapshotFeed feed = new SnapshotFeed();
        private final StageRollouts stage = new StageRollouts(rollouts, store);
        private final FollowHead followHead = new FollowHead(
                store,
                doorbell,
                current,
                new PublishSnapshots(
                        new TouchedGateways(),
                        new IncrementalCompiler()::compile,
                        feed,
                        new PublishedStates(),
                        Optional.of(stage)),
                bundle,
                Duration.ZERO);
        private final KeepBundle keepBundle =
                new KeepBundle(bundle, current, followHead, stage, InstantSource.system());
        private final SeeRollout see =
                new SeeRollout(current, stage, feed, new Fleet(new AgentRegistry(InstantSource.system())));
        private final MoveRollout move = new MoveRollout(rollouts, doorbell);
        private final DriveRollouts drive =
                new DriveRollouts(current, stage, see, move, rollouts, InstantSource.system());
        private final ControlRollout control =
                new ControlRollout(new Authorizer(current::get), current, see, move, rollouts, InstantSource.system());

        Replica() {
            replicas.add(this);
        }

        Set<String> rules(String node, String track) {
            Member member = new Member(
                    new AgentName(new ClientId("gateway"), INTERNET, node), new TreeMap<>(Map.of("track", track)));
            return feed.offered(member).orElseThrow().snapshot().listeners().stream()
                    .flatMap(listener -> listener.hosts().stream())
                    .flatMap(host -> host.ports().stream())
                    .flatMap(port -> port.rules().stream())
                    .map(rule -> rule.name().toString())
                    .collect(Collectors.toSet());
        }
    }

    /** Remembers one state. */
    private static final class OnlyOne implements OutageBundle {
        private volatile Kept kept = new Kept.Absent();

        @Override
        public boolean isKept() {
            return true;
        }

        @Override
        public void keep(DesiredState state, RolloutsInHand inHand, Instant asOf) {
            kept = new Kept.Usable(state, inHand, asOf);
        }

        void keep(DesiredState state, Instant asOf) {
            keep(state, RolloutsInHand.none(state.revision()), asOf);
        }

        @Override
        public Kept read(Instant now) {
            return kept;
        }
    }

    @AfterEach
    void stop() {
        replicas.forEach(one -> one.followHead.stop());
    }

    @Test
    void whoWaitsForAChangeGoesOnWaitingAndNobodyMovesIt() {
        RolloutPolicy policy = new RolloutPolicy(
                List.of(new RolloutStep(0, List.of(CANARIES), RolloutGates.DEFAULT, Promotion.MANUAL)),
                OnFailure.HALT,
                NewerChanges.RESTART);
        put(
                aNamespace("edge").cidrs("10.0.0.0/8"),
                aGateway("edge/internet").agents("gateway").http("http", 10080).rollingOut(policy),
                destination("pay"),
                destination("mail"),
                allowing("mail"));
        Rollout first = Rollout.first(INTERNET, store.head(), Instant.now(), "sallyport");
        Rollout paused = new Rollout(
                INTERNET,
                first.stable(),
                first.stable().next(),
                Phase.PAUSED,
                0,
                0,
                first.since(),
                Instant.MAX,
                "It was paused by olga.",
                "olga",
                2);
        assertThat(rollouts.replace(first, List.of(), List.of())).isTrue();
        put(allowing("pay"));
        assertThat(rollouts.replace(paused, List.of(), List.of())).isTrue();
        put(allowing("more"));
        replica.followHead.start();
        replica.followHead.awaitRevision(store.head(), Patience.LONG);
        await().until(() -> {
            replica.keepBundle.lookOnce();
            return bundle.kept instanceof OutageBundle.Kept.Usable;
        });
        replica.followHead.stop();
        store.setAway(true);
        rollouts.setAway(true);

        Replica late = new Replica();
        late.followHead.start();

        assertThat(late.followHead.awaitRevision(new Revision(3), Patience.LONG))
                .isTrue();
        assertThat(late.feed.split(INTERNET))
                .isEqualTo(replica.feed.split(INTERNET))
                .isPresent();
        assertThat(late.rules("edge-1", "main")).containsExactly("edge/mail");
        assertThat(late.rules("canary-1", "canary")).containsExactlyInAnyOrder("edge/mail", "edge/pay");
        assertThat(late.feed.newest(INTERNET)).isEqualTo(replica.feed.newest(INTERNET));
        late.drive.drive();
        RolloutView view = late.control.get(OLGA, INTERNET);
        assertThat(view.rollout()).isEqualTo(paused);
        assertThat(view.waitingFor()).contains("database does not answer");
        assertThatThrownBy(() -> late.control.order(OLGA, INTERNET, RolloutOrder.PROMOTE_TO_ALL, place -> true, ""))
                .isInstanceOfSatisfying(
                        FailureException.class,
                        failed -> assertThat(failed.failure()).isInstanceOf(Failure.Unavailable.class));

        store.setAway(false);
        rollouts.setAway(false);
        await().until(late.followHead::isFromStore);
        assertThat(late.rules("edge-1", "main")).containsExactly("edge/mail");
        late.control.order(OLGA, INTERNET, RolloutOrder.PROMOTE_TO_ALL, place -> true, "");
        await().until(() -> late.rules("edge-1", "main").contains("edge/pay"));
        assertThat(late.rules("edge-1", "main")).doesNotContain("edge/more");
    }

    private static DestinationBuilder destination(String name) {
        return aDestination("edge/" + name)
                .hosts(name + ".example")
                .port(80, Protocol.HTTP)
                .at("198.51.100.1");
    }

    private static RuleBuilder allowing(String name) {
        return aRule("edge/" + name)
                .from(addresses("10.0.0.0/8"))
                .to(name.equals("more") ? "edge/mail" : "edge/" + name);
    }

    @Test
    void itServesWhatIsKeptSaysSoAndCatchesUpWhenTheStoreIsBack() {
        write("internet");
        Instant asOf = Instant.now().minusSeconds(90);
        bundle.keep(store.load(), asOf);
        write("partners");
        store.setAway(true);

        replica.followHead.start();

        assertThat(replica.followHead.awaitRevision(new Revision(1), Patience.LONG))
                .isTrue();
        assertThat(replica.feed.newest(INTERNET)).isPresent();
        assertThat(replica.followHead.isFromStore()).isFalse();
        assertThat(replica.followHead.lastResort()).contains("revision 1 as of " + asOf);
        assertThat(replica.followHead.silence())
                .as("nobody is promised anything by what is as old as that")
                .isGreaterThanOrEqualTo(Duration.ofSeconds(90));
        store.setAway(false);
        assertThat(replica.followHead.awaitRevision(new Revision(2), Patience.LONG))
                .isTrue();
        await().until(replica.followHead::isFromStore);
        assertThat(replica.current.get()).isEqualTo(store.load());
    }

    @Test
    void whatIsNotBelievedIsNotServed() {
        write("internet");
        bundle.kept = new OutageBundle.Kept.Refused("outage.bundle: it was changed");
        store.setAway(true);

        replica.followHead.start();

        await().until(() -> !replica.followHead.lastResort().isEmpty());
        assertThat(replica.followHead.lastResort()).contains("not believed: outage.bundle: it was changed");
        assertThat(replica.followHead.hasFirstState()).isFalse();
        assertThat(replica.feed.newest(INTERNET)).isEmpty();
        store.setAway(false);
        await().until(replica.followHead::hasFirstState);
    }

    @Test
    void whatAStateFromDiskIsOfIsNeverKeptAnew() {
        write("internet");
        Instant asOf = Instant.now().minusSeconds(90);
        DesiredState state = store.load();
        bundle.keep(state, asOf);
        store.setAway(true);
        replica.followHead.start();
        replica.followHead.awaitRevision(new Revision(1), Patience.LONG);

        replica.keepBundle.lookOnce();

        assertThat(bundle.kept)
                .isEqualTo(new OutageBundle.Kept.Usable(state, RolloutsInHand.none(state.revision()), asOf));
    }

    @Test
    void whatTheStoreSaidIsKeptAsItMoves() {
        replica.followHead.start();
        write("internet");
        replica.followHead.awaitRevision(new Revision(1), Patience.LONG);
        replica.keepBundle.lookOnce();
        assertThat(bundle.kept)
                .isInstanceOfSatisfying(
                        OutageBundle.Kept.Usable.class,
                        kept -> assertThat(kept.state()).isEqualTo(replica.current.get()));
        OutageBundle.Kept first = bundle.kept;

        replica.keepBundle.lookOnce();

        assertThat(bundle.kept).as("nothing has moved").isSameAs(first);
        write("partners");
        replica.followHead.awaitRevision(new Revision(2), Patience.LONG);
        replica.keepBundle.lookOnce();
        assertThat(bundle.kept).isNotSameAs(first);
    }

    private void put(ResourceBuilder<?>... builders) {
        store.write(tx -> tx.append(
                Samples.NOW,
                "ann",
                "",
                Arrays.stream(builders)
                        .<Change>map(builder ->
                                new Change.Put(builder.buildAt(tx.head().next())))
                        .toList()));
        doorbell.ring();
    }

    private void write(String gateway) {
        store.write(tx -> tx.append(
                Samples.NOW,
                "ann",
                "",
                List.of(Samples.put(
                        tx.head().next().number(), "edge", gateway, Samples.gateway(new AllowedNamespaces.All())))));
        doorbell.ring();
    }
}
