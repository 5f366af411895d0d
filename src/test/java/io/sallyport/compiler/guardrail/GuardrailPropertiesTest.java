package io.sallyport.compiler.guardrail;

import static io.sallyport.testkit.GuardrailBuilder.always;
import static io.sallyport.testkit.GuardrailBuilder.never;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.compiler.IncrementalCompiler;
import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.compiler.TouchedGateways;
import io.sallyport.compiler.explain.Evaluator;
import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Guardrail;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.decision.Question;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.testkit.GuardrailBuilder;
import io.sallyport.testkit.RandomRequest;
import io.sallyport.testkit.RandomState;
import io.sallyport.testkit.Sources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is found is so, and what is not found is not; a failure prints the seed that made it. */
class GuardrailPropertiesTest {
    private static final int STATES = 150;
    private static final int REQUESTS = 200;
    private static final int HISTORIES = 8;
    private static final int WRITES = 6;
    private static final Set<Kind> CHANGED = Set.of(
            Kind.EGRESS_RULE, Kind.WORKLOAD, Kind.DESTINATION, Kind.GUARDRAIL, Kind.SECURITY_POLICY, Kind.NAMESPACE);
    private static final List<String> BLOCKS =
            List.of("10.1.0.0/16", "10.1.1.0/24", "10.2.0.0/16", "192.0.2.1/32", "fd00:1::/32", "0.0.0.0/0");
    private static final List<String> HOSTS =
            List.of("*", "*.x.example", "y.x.example", "*.y.x.example", "other.example", "203.0.113.0/24");

    private final SnapshotCompiler compiler = new SnapshotCompiler();

    static LongStream seedsOfHistories() {
        return LongStream.range(0, HISTORIES);
    }

    static LongStream seeds() {
        return LongStream.range(0, STATES);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void aGuardrailHoldsWhereNoRequestBreaksIt(long seed) {
        Random random = new Random(seed);
        DesiredState state = new RandomState(random).state();
        String block = BLOCKS.get(random.nextInt(BLOCKS.size()));
        String host = HOSTS.get(random.nextInt(HOSTS.size()));
        Map<ResourceName, Snapshot> snapshots = new HashMap<>();
        RandomState.GATEWAYS.forEach(gateway -> snapshots.put(gateway, compiler.compile(state, gateway)));

        Optional<Breach> breach = breach(state, snapshots, block, host);

        breach.ifPresent(found -> assertThat(verdict(snapshots, found).ruling().allows())
                .as("%s", found)
                .isTrue());
        if (breach.isEmpty()) {
            RandomRequest requests = new RandomRequest(random);
            for (ResourceName gateway : RandomState.GATEWAYS) {
                var evaluator = new Evaluator(requireNonNull(snapshots.get(gateway)));
                for (int round = 0; round < REQUESTS; round++) {
                    Question question =
                            requests.to(state.gateway(gateway).orElseThrow().spec());
                    Verdict verdict = evaluator.decide(question);
                    assertThat(verdict.ruling().allows() && isMeant(question, verdict, block, host))
                            .as("%s at %s from %s to %s", question, gateway, block, host)
                            .isFalse();
                }
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seedsOfHistories")
    void whatIsKnownOfEarlierWritesChangesNoAnswer(long seed) {
        Random random = new Random(seed);
        DesiredState state = with(new RandomState(random).state(), guardrails(random));
        Guardrails knowing = new Guardrails(new TouchedGateways(), new IncrementalCompiler());
        for (int write = 0; write < WRITES; write++) {
            DesiredState before = state;
            List<Change> changes = List.of(change(random, before));
            DesiredState after = before.with(before.revision().next(), changes);
            Guardrails fresh = new Guardrails(new TouchedGateways(), new IncrementalCompiler());
            Set<ResourceKey> all =
                    after.guardrails().stream().map(Resource::key).collect(Collectors.toSet());

            assertThat(knowing.findingsOfWrite(before, after, changes, RandomState.NOON))
                    .as("%s", changes)
                    .isEqualTo(fresh.findingsOfWrite(before, after, changes, RandomState.NOON));
            assertThat(knowing.findings(after, all, RandomState.NOON))
                    .as("%s", changes)
                    .isEqualTo(fresh.findings(after, all, RandomState.NOON));
            state = after;
        }
    }

    private static DesiredState with(DesiredState state, List<Resource<?>> more) {
        return state.with(
                state.revision().next(),
                more.stream().<Change>map(Change.Put::new).toList());
    }

    private static List<Resource<?>> guardrails(Random random) {
        return List.of(
                guardrail(never("edge/g1"), random).build(),
                guardrail(never("edge/g2"), random).warning().build(),
                guardrail(always("edge/g3"), random).build());
    }

    private static GuardrailBuilder guardrail(GuardrailBuilder builder, Random random) {
        return builder.from(Sources.addresses(BLOCKS.get(random.nextInt(BLOCKS.size()))))
                .to(HOSTS.get(random.nextInt(HOSTS.size())));
    }

    // Something of another such state, or nothing in its place.
    private static Change change(Random random, DesiredState state) {
        List<Resource<?>> others = with(new RandomState(random).state(), guardrails(random))
                .all()
                .filter(one -> CHANGED.contains(one.key().kind()))
                .toList();
        Resource<?> other = others.get(random.nextInt(others.size()));
        return random.nextInt(4) == 0 && state.find(other.key()).isPresent()
                ? new Change.Delete(other.key())
                : new Change.Put(other);
    }

    @Test
    void bothHappenOften() {
        List<Boolean> found = new ArrayList<>();
        seeds().forEach(seed -> {
            Random random = new Random(seed);
            DesiredState state = new RandomState(random).state();
            String block = BLOCKS.get(random.nextInt(BLOCKS.size()));
            String host = HOSTS.get(random.nextInt(HOSTS.size()));
            Map<ResourceName, Snapshot> snapshots = new HashMap<>();
            RandomState.GATEWAYS.forEach(gateway -> snapshots.put(gateway, compiler.compile(state, gateway)));
            found.add(breach(state, snapshots, block, host).isPresent());
        });

        assertThat(found).filteredOn(one -> one).hasSizeBetween(STATES / 5, STATES * 4 / 5);
    }

    private static Optional<Breach> breach(
            DesiredState state, Map<ResourceName, Snapshot> snapshots, String block, String host) {
        Guardrail guardrail =
                never("edge/g").from(Sources.addresses(block)).to(host).build().spec();
        return new Breaches(
                        Model.of(
                                state,
                                snapshots.values().stream()
                                        .map(one -> Index.of(one, Optional.empty()))
                                        .toList()),
                        List.of(),
                        RandomState.NOON.minusSeconds(60))
                .of(guardrail, Concerned.ALL);
    }

    private static Verdict verdict(Map<ResourceName, Snapshot> snapshots, Breach breach) {
        Flow flow = breach.flow().getFirst();
        return new Evaluator(requireNonNull(snapshots.get(flow.gateway())))
                .decide(new Question(flow.listener().name(), flow.peer(), flow.approach(), flow.time()));
    }

    // What a request asks for is known by whose it is: the owner's pattern tells all hosts apart that these requests
    // name.
    private static boolean isMeant(Question question, Verdict verdict, String block, String host) {
        HostPattern pattern = new HostPattern(host);
        return Cidr.parse(block).contains(question.peer().address())
                && Asked.host(question.approach())
                        .map(HostPattern::new)
                        .map(pattern::covers)
                        .orElse(false)
                && !verdict.place().isEmpty();
    }
}
