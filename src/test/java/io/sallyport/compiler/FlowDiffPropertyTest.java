package io.sallyport.compiler;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.compiler.explain.Evaluator;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.decision.FlowChange;
import io.sallyport.domain.decision.FlowChanges;
import io.sallyport.domain.decision.Question;
import io.sallyport.domain.decision.SourceIdentity;
import io.sallyport.domain.decision.SourcePart;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.decision.Verdict.Place;
import io.sallyport.domain.decision.Verdict.Reason;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.testkit.RandomRequest;
import io.sallyport.testkit.RandomState;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever two states decide otherwise is among the flows, and nothing else is; a failure prints the seed. */
class FlowDiffPropertyTest {
    private static final ResourceName GATEWAY = RandomState.GATEWAYS.getFirst();

    static LongStream seeds() {
        return LongStream.range(0, 60);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void flowsAreWhatIsDecidedOtherwise(long seed) {
        Random random = new Random(seed);
        List<Resource<?>> resources = new RandomState(random).resources();
        DesiredState before = DesiredState.of(new Revision(1), resources);
        DesiredState after = DesiredState.of(
                new Revision(2),
                resources.stream()
                        .filter(resource -> !mayGo(resource) || random.nextInt(4) > 0)
                        .toList());
        Snapshot earlier = new SnapshotCompiler().compile(before, GATEWAY);
        Snapshot later = new SnapshotCompiler().compile(after, GATEWAY);
        Map<Instant, FlowChanges> flows = new HashMap<>();
        RandomRequest requests = new RandomRequest(random);

        for (int round = 0; round < 200; round++) {
            Question request = requests.to(before.gateway(GATEWAY).orElseThrow().spec());
            Verdict was = new Evaluator(earlier).decide(request);
            Verdict is = new Evaluator(later).decide(request);
            if (ports(was, is).distinct().count() > 1) {
                continue; // It names no port, and means another than before.
            }
            FlowChanges changes = flows.computeIfAbsent(
                    request.time(),
                    now -> FlowDiff.between(GATEWAY, Optional.of(earlier), Optional.of(later), now)
                            .changes(100_000));
            List<FlowChange> told = Stream.concat(changes.opened().stream(), changes.closed().stream())
                    .filter(flow -> flow.since().isEmpty() && isOf(flow, request, was, is))
                    .toList();

            if (allowed(was) != allowed(is)) {
                assertThat(told)
                        .as("%s%n%s%n%s", request, was, is)
                        .isNotEmpty()
                        .allMatch(flow -> flow.opens() == allowed(is));
            } else {
                assertThat(told)
                        .as("%s%n%s%n%s", request, was, is)
                        .allMatch(flow -> flow.source().isRest());
            }
        }
    }

    private static boolean mayGo(Resource<?> resource) {
        return resource.key().kind() == Kind.EGRESS_RULE
                || resource.key().kind() == Kind.WORKLOAD
                || resource.key().kind() == Kind.DESTINATION;
    }

    // What becomes of it after the rules is not asked.
    private static boolean allowed(Verdict verdict) {
        return verdict.ruling().allows()
                || (!verdict.ruling().admittedBy().isEmpty() && verdict.reason() != Reason.UNENFORCEABLE);
    }

    private static boolean isOf(FlowChange flow, Question request, Verdict was, Verdict is) {
        return flow.listener().equals(request.listener())
                && narrowest(was, is).filter(flow.host()::equals).isPresent()
                && ports(was, is).anyMatch(flow.port()::equals)
                && isOf(flow.source(), is.source().identity(), request);
    }

    private static Optional<HostPattern> narrowest(Verdict was, Verdict is) {
        return places(was, is).map(Place::host).reduce((one, other) -> one.isMoreSpecificThan(other) ? one : other);
    }

    private static Stream<PortNumber> ports(Verdict was, Verdict is) {
        return places(was, is).flatMap(place -> place.onward().stream()).map(Verdict.Onward::port);
    }

    private static Stream<Place> places(Verdict was, Verdict is) {
        return Stream.concat(was.place().stream(), is.place().stream());
    }

    private static boolean isOf(SourcePart part, SourceIdentity identity, Question request) {
        boolean isFrom = part.from().isEmpty()
                || part.from().stream()
                        .anyMatch(block -> block.contains(request.peer().address()));
        return isFrom
                && switch (identity) {
                    case SourceIdentity.Certificate certificate ->
                        isAnyone(part)
                                || part.principal().stream().anyMatch(name -> name.matches(certificate.principal()));
                    case SourceIdentity.Token token ->
                        part.principal().stream().anyMatch(name -> name.matches(token.principal()));
                    case SourceIdentity.Address address ->
                        part.range().stream().anyMatch(range -> range.contains(address.address()));
                    case SourceIdentity.Nobody nobody -> isAnyone(part);
                    case SourceIdentity.Ambiguous ambiguous -> false;
                };
    }

    private static boolean isAnyone(SourcePart part) {
        return part.principal().isEmpty() && part.range().isEmpty();
    }
}
