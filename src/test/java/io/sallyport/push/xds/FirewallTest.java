package io.sallyport.push.xds;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.Sources.everyone;
import static io.sallyport.testkit.Sources.namespaces;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.sallyport.agents.Quarantines;
import io.sallyport.compiler.LateState;
import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.compiler.envoy.EnvoyCompiler;
import io.sallyport.compiler.envoy.EnvoySnapshot;
import io.sallyport.compiler.envoy.ResourceType;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Resource;
import io.sallyport.domain.Revision;
import io.sallyport.domain.agent.Held;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.feed.PublishedStates;
import io.sallyport.testkit.Cases;
import io.sallyport.testkit.DestinationBuilder;
import io.sallyport.testkit.RuleBuilder;
import io.sallyport.usecase.HoldBack;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** A client that refuses whatever names something that it does not like. */
class FirewallTest {
    private static final String BAD = "poison";
    private static final String BAD_RANGE = "10.66.0.0";

    private final EnvoyCompiler compiler = new EnvoyCompiler();
    private final PublishedStates states = new PublishedStates();
    private final Map<Revision, DesiredState> history = new TreeMap<>();
    private final Quarantines quarantines = new Quarantines();
    private Firewalls firewalls = replica(states);
    private final Map<String, Resource<?>> objects = new TreeMap<>();
    private final Map<String, ByteString> runs = new HashMap<>();
    private DeltaDialogue client;
    private long revision;
    private int refusals;

    FirewallTest() {
        put(aNamespace("edge").cidrs("127.0.0.0/8").build());
        put(aGateway("edge/internet").http("http", 10080).build());
        put(destination("live").build());
        put(rule("live").build());
        connect();
    }

    /** One that shares nothing with others but what is in the store. */
    private Firewalls replica(PublishedStates known) {
        HoldBack holdBack = new HoldBack(
                known,
                new SnapshotCompiler(),
                revision -> Optional.ofNullable(history.get(revision))
                        .orElseThrow(() -> new FailureException(new Failure.Unavailable("the store is away"))));
        return new Firewalls(holdBack, compiler::compile, quarantines);
    }

    private void put(Resource<?> resource) {
        objects.put(resource.key().toString(), resource);
    }

    private void remove(Resource<?> resource) {
        objects.remove(resource.key().toString());
    }

    private static DestinationBuilder destination(String name) {
        return aDestination("edge/" + name)
                .hosts(name + ".test")
                .port(80, Protocol.HTTP, 8080)
                .statically()
                .at("203.0.113.7");
    }

    private static RuleBuilder rule(String name) {
        return aRule("edge/to-" + name).tier(Tier.ADMIN).from(everyone()).to("edge/" + name);
    }

    private static RuleBuilder toLive(String name) {
        return aRule("edge/to-" + name).tier(Tier.ADMIN).from(everyone()).to("edge/live");
    }

    private EnvoySnapshot publish() {
        DesiredState state = DesiredState.of(new Revision(++revision), objects.values());
        Snapshot snapshot = new SnapshotCompiler().compile(state, Cases.GATEWAY);
        states.add(snapshot, state);
        history.put(state.revision(), state);
        return compiler.compile(snapshot);
    }

    private void connect() {
        EnvoySnapshot first = publish();
        client = new DeltaDialogue(first, new RefusedSecrets(), firewalls.of("envoy", first), compiler::overlap);
        client.asks(ResourceType.CLUSTER);
        settle();
        client.asks(ResourceType.LISTENER);
        settle();
        client.asks(
                ResourceType.EXTENSION_CONFIG,
                first.ofType(ResourceType.EXTENSION_CONFIG).keySet().toArray(String[]::new));
        client.asks(
                ResourceType.ROUTES, first.ofType(ResourceType.ROUTES).keySet().toArray(String[]::new));
        client.asks(
                ResourceType.ENDPOINTS,
                first.ofType(ResourceType.ENDPOINTS).keySet().toArray(String[]::new));
        settle();
    }

    private void move() {
        client.movesTo(publish());
        settle();
    }

    /** Until nothing more comes. */
    private void settle() {
        for (List<DeltaDiscoveryResponse> heard = client.hearsRaw(); !heard.isEmpty(); heard = client.hearsRaw()) {
            heard.forEach(this::answer);
        }
    }

    private void answer(DeltaDiscoveryResponse response) {
        boolean bad = response.getResourcesList().stream()
                .map(resource -> resource.getResource().getValue().toStringUtf8())
                .anyMatch(text -> text.contains(BAD) || text.contains(BAD_RANGE));
        refusals += bad ? 1 : 0;
        client.answer(response, bad ? Optional.of("I do not like it") : Optional.empty());
        if (!bad) {
            response.getResourcesList().forEach(resource -> {
                runs.put(resource.getName(), resource.getResource().getValue());
                if (response.getTypeUrl().equals(ResourceType.CLUSTER.typeUrl())) {
                    client.asks(ResourceType.ENDPOINTS, resource.getName());
                }
            });
            response.getRemovedResourcesList().forEach(runs::remove);
        }
    }

    private String rules() {
        return runs.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith("http/rules"))
                .map(entry -> entry.getValue().toStringUtf8())
                .reduce("", String::concat);
    }

    private String routes() {
        return runs.getOrDefault("http", ByteString.EMPTY).toStringUtf8();
    }

    private List<String> held() {
        return client.session().held().stream()
                .map(Held::object)
                .map(Object::toString)
                .toList();
    }

    @Test
    void theObjectThatIsRefusedIsHeldAndTheRestMovesOn() {
        put(destination("good").build());
        put(rule("good").build());
        put(toLive(BAD + "ed").build());

        move();

        assertThat(held()).containsExactly("EgressRule edge/to-poisoned");
        assertThat(client.session().held().getFirst().reason()).contains("I do not like it");
        assertThat(rules()).contains("edge/to-good", "edge/to-live").doesNotContain(BAD);
        assertThat(client.session().isInStep()).isFalse();
        assertThat(client.session().isInStepButForHeld()).isTrue();
    }

    @Test
    void whatIsHeldRunsItsLastAcceptedContent() {
        put(rule("live").to("edge/" + BAD).build());
        put(destination(BAD).build());

        move();

        assertThat(held()).isNotEmpty();
        assertThat(rules()).contains("edge/to-live").doesNotContain(BAD);
    }

    @Test
    void aRevocationGoesThroughWhateverElseIsRefused() {
        put(destination("other").build());
        put(rule("other").build());
        move();
        put(toLive(BAD + "ed").build());
        put(rule("live").denying().build());
        remove(rule("other").build());

        move();

        assertThat(held()).containsExactly("EgressRule edge/to-poisoned");
        assertThat(runs.get("http/rules/0")).isNotNull();
        assertThat(rules()).doesNotContain("edge/to-other");
        assertThat(client.session().isInStepButForHeld()).isTrue();
    }

    @Test
    void ofManyNewObjectsTheGuiltyIsFoundByAFewTries() {
        for (int number = 0; number < 64; number++) {
            put(toLive("many-" + number).build());
        }
        put(toLive(BAD + "ed").build());

        move();

        assertThat(held()).containsExactly("EgressRule edge/to-poisoned");
        assertThat(rules()).contains("edge/to-many-0", "edge/to-many-63").doesNotContain(BAD);
        assertThat(refusals).isLessThan(12);
    }

    @Test
    void itIsTriedOnceMoreWhenItChangesAndNotBefore() {
        put(toLive(BAD + "ed").build());
        move();
        int before = refusals;

        put(destination("later").build());
        put(rule("later").build());
        move();

        assertThat(refusals).isEqualTo(before);
        assertThat(rules()).contains("edge/to-later");
        assertThat(held()).containsExactly("EgressRule edge/to-poisoned");
        remove(toLive(BAD + "ed").build());
        move();
        assertThat(held()).isEmpty();
        assertThat(client.session().isInStep()).isTrue();
    }

    @Test
    void aNewStreamOfTheSameAgentIsNotSentItEither() {
        put(toLive(BAD + "ed").build());
        move();
        int before = refusals;

        connect();

        assertThat(refusals).isEqualTo(before);
        assertThat(held()).containsExactly("EgressRule edge/to-poisoned");
    }

    @Test
    void itIsTriedOnceMoreWhenWhatItIsMadeFromChanges() {
        put(toLive(BAD + "ed").build());
        move();
        int before = refusals;

        put(destination("live").hosts("live.test", "more.test").build());
        move();

        assertThat(refusals).isGreaterThan(before);
        assertThat(held()).containsExactly("EgressRule edge/to-poisoned");
        int once = refusals;
        put(destination("later").build());
        move();
        assertThat(refusals).isEqualTo(once);
    }

    @Test
    void atAnotherReplicaItIsNotSentItEither() {
        put(rule("live").to("edge/" + BAD).build());
        put(destination(BAD).build());
        move();
        int before = refusals;
        List<String> heldBefore = held();

        firewalls = replica(states);
        connect();

        assertThat(refusals).isEqualTo(before);
        assertThat(held()).isEqualTo(heldBefore).isNotEmpty();
        assertThat(rules()).contains("edge/to-live").doesNotContain(BAD);
    }

    @Test
    void whereTheHistoryCannotBeReadItIsFoundOnceMore() {
        put(toLive(BAD + "ed").build());
        move();
        history.clear();

        firewalls = replica(states);
        connect();

        assertThat(held()).containsExactly("EgressRule edge/to-poisoned");
        assertThat(rules()).contains("edge/to-live").doesNotContain(BAD);
    }

    @Test
    void aFreshAgentThatRefusesOneObjectRunsAllOthers() {
        runs.clear();
        put(toLive(BAD + "ed").build());
        EnvoySnapshot first = publish();
        client = new DeltaDialogue(first, new RefusedSecrets(), firewalls.of("fresh", first), compiler::overlap);
        client.asks(ResourceType.CLUSTER).asks(ResourceType.LISTENER);
        client.asks(ResourceType.ROUTES, "http");
        client.asks(
                ResourceType.EXTENSION_CONFIG,
                first.ofType(ResourceType.EXTENSION_CONFIG).keySet().toArray(String[]::new));
        settle();

        assertThat(rules()).contains("edge/to-live").doesNotContain(BAD);
        assertThat(held()).containsExactly("EgressRule edge/to-poisoned");
    }

    @Test
    void aDestinationWhoseClusterAndRoutesAreRefusedIsHeldAndOthersAreAdded() {
        put(destination(BAD).build());
        put(destination("good").build());
        put(rule("good").build());

        move();

        assertThat(held()).containsExactly("Destination edge/" + BAD);
        assertThat(runs)
                .hasEntrySatisfying(
                        "http",
                        routes -> assertThat(routes.toStringUtf8())
                                .contains("good.test")
                                .doesNotContain(BAD));
        assertThat(client.session().isInStepButForHeld()).isTrue();
    }

    private void allowWildcard() {
        put(aNamespace("bank").build());
        put(aDestination("edge/wide")
                .hosts("*.wide.test")
                .port(80, Protocol.HTTP)
                .dynamically()
                .build());
        put(rule("wide").build());
        move();
    }

    @Test
    void aHostThatOnlyARefusedDestinationTellsApartIsNotLeftToTheWildcardAboveIt() {
        allowWildcard();
        put(aDestination("bank/" + BAD)
                .hosts("own.wide.test")
                .port(80, Protocol.HTTP)
                .dynamically()
                .build());

        move();

        assertThat(held()).containsExactly("Destination bank/" + BAD);
        assertThat(routes()).contains("own.wide.test");
        assertThat(rules()).contains("edge/to-wide", "sallyport/unenforceable");
        assertThat(client.session().held().getFirst().instead())
                .startsWith("runs nothing of it")
                .endsWith("sallyport/unenforceable at own.wide.test:80 at listener http");
        assertThat(client.session().isInStepButForHeld()).isTrue();
    }

    @Test
    void whereEvenTheNameOfTheHostIsRefusedTheWildcardLetsNobodyPass() {
        allowWildcard();
        put(aDestination("bank/own")
                .hosts(BAD + ".wide.test")
                .port(80, Protocol.HTTP)
                .dynamically()
                .build());

        move();

        assertThat(held()).containsExactly("Destination bank/own");
        assertThat(rules()).contains("sallyport/unenforceable", "edge/to-live").doesNotContain("edge/to-wide");
        int before = refusals;
        put(destination("later").build());
        move();
        connect();
        assertThat(refusals).isEqualTo(before);
        assertThat(rules()).doesNotContain("edge/to-wide");
    }

    @Test
    void theOldPriorityOfWhatIsHeldOutranksNoNewDenial() {
        put(rule("live").priority(1).build());
        move();
        put(rule("live").priority(30).to("edge/" + BAD).build());
        put(destination(BAD).build());
        put(aRule("edge/denial")
                .tier(Tier.ADMIN)
                .priority(20)
                .denying()
                .from(everyone())
                .to("edge/live")
                .build());

        move();

        assertThat(held()).contains("Destination edge/" + BAD);
        assertThat(rules()).contains("edge/denial").doesNotContain(BAD);
        assertThat(rules().indexOf("edge/denial")).isLessThan(rules().indexOf("edge/to-live"));
    }

    @Test
    void whatWasRevokedIsRefusedThoughNoObjectIsToBlame() {
        put(destination("other").build());
        put(rule("other").build());
        put(aRule("edge/ours")
                .tier(Tier.ADMIN)
                .from(namespaces("edge"))
                .to("edge/live")
                .build());
        move();
        put(aNamespace("edge").cidrs("127.0.0.0/8", BAD_RANGE + "/16").build());
        put(destination("good").build());
        remove(rule("other").build());

        move();

        assertThat(rules()).contains("edge/ours", "sallyport/unenforceable").doesNotContain("edge/to-other", BAD_RANGE);
        assertThat(held()).contains("EgressGateway edge/internet", "Destination edge/good");
        assertThat(client.session().isInStep()).isFalse();
        assertThat(client.session().isInStepButForHeld()).isTrue();
        put(aNamespace("edge").cidrs("127.0.0.0/8").build());
        move();
        assertThat(held()).isEmpty();
        assertThat(client.session().isInStep()).isTrue();
        assertThat(routes()).contains("good.test");
    }

    /** What those run that are to get changes since that revision later. */
    private EnvoySnapshot waiting(EnvoySnapshot newest, Revision since) {
        DesiredState now = Objects.requireNonNull(history.get(new Revision(revision)));
        LateState.Late late = LateState.of(
                Objects.requireNonNull(history.get(since)), now, newest.source(), new SnapshotCompiler()::compile);
        states.add(late.snapshot(), late.state());
        return compiler.compile(late.snapshot());
    }

    @Test
    void whoWaitsAndRefusesSomethingGetsNothingOfWhatWaitsAndHoldsItWhenItsTurnComes() {
        Revision stable = new Revision(revision);
        put(destination("good").build());
        put(rule("good").build());
        put(toLive(BAD + "ed").denying().build());
        EnvoySnapshot newest = publish();

        client.movesTo(waiting(newest, stable));
        settle();

        assertThat(held()).containsExactly("EgressRule edge/to-poisoned");
        assertThat(rules()).contains("sallyport/unenforceable").doesNotContain("edge/to-good", "edge/to-live", BAD);
        int before = refusals;
        client.movesTo(newest);
        settle();
        assertThat(refusals).isEqualTo(before);
        assertThat(held()).containsExactly("EgressRule edge/to-poisoned");
        assertThat(rules()).contains("edge/to-good", "sallyport/unenforceable").doesNotContain("edge/to-live", BAD);
    }

    @Test
    void whatIsReturnedByARolloutIsHeldNoMoreAndTriedWhenItComesAgain() {
        Revision stable = new Revision(revision);
        put(rule("live").to("edge/" + BAD).build());
        put(destination(BAD).build());
        EnvoySnapshot newest = publish();
        client.movesTo(newest);
        settle();
        assertThat(held()).isNotEmpty();

        client.movesTo(waiting(newest, stable));
        settle();

        assertThat(held()).isEmpty();
        assertThat(client.session().isInStep()).isTrue();
        assertThat(rules()).contains("edge/to-live").doesNotContain(BAD);
        client.movesTo(newest);
        settle();
        assertThat(held()).isNotEmpty();
        assertThat(rules()).contains("edge/to-live").doesNotContain(BAD);
    }

    @Test
    void whereNothingHelpsWhatIsRefusedIsParkedAndAllElseIsAsItIsWanted() {
        put(aGateway("edge/internet").http("http", 10080).http(BAD, 10081).build());
        put(destination("good").build());
        put(rule("good").build());

        move();

        assertThat(runs.get("http")).isNotNull();
        assertThat(rules()).contains("edge/to-good");
        assertThat(held()).isNotEmpty();
    }
}
