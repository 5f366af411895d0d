package io.sallyport.compiler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sallyport.compiler.Finding.Severity;
import io.sallyport.compiler.explain.Evaluator;
import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.decision.Question;
import io.sallyport.domain.decision.Reply;
import io.sallyport.domain.decision.Routing;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.snapshot.RouteAction.Forward;
import io.sallyport.domain.snapshot.RouteTarget;
import io.sallyport.testkit.ExampleState;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the example of routes says of itself is so. */
class RouteExampleTest {
    private static final DesiredState STATE = DesiredState.of(
            new Revision(1),
            Stream.of("quickstart", "canary")
                    .flatMap(example -> ExampleState.of(example)
                            .read(UnaryOperator.identity())
                            .all())
                    .toList());
    private static final ResourceKey LEAVE = ResourceKey.of(Kind.EGRESS_RULE, "shop", "checkout-to-billing-next");

    @Test
    void nothingIsSaidAgainstIt() {
        assertThat(new PolicyChecks()
                        .findings(STATE, STATE.all().map(Resource::key).collect(Collectors.toSet()), Instant.EPOCH))
                .filteredOn(finding -> finding.severity() == Severity.ERROR)
                .isEmpty();
    }

    @Test
    void oneRequestInTwentyGoesToTheNextVersion() {
        assertThat(targets(ask(STATE, "/hello", Map.of())))
                .extracting(RouteTarget::upstream, RouteTarget::weight)
                .containsExactly(tuple("shop/billing/80", 95), tuple("shop/billing-next/80", 5));
        assertThat(targets(ask(STATE, "/hello", Map.of("x-canary", "yes"))))
                .extracting(RouteTarget::upstream)
                .containsExactly("shop/billing-next/80");
    }

    @Test
    void theGateAnswersByItself() {
        assertThat(ask(STATE, "/admin/users", Map.of()).reply()).isEqualTo(new Reply.Status(403, ""));
        assertThat(ask(STATE, "/old", Map.of()).reply()).isEqualTo(new Reply.Status(301, ""));
        assertThat(ask(STATE, "/x/../admin", Map.of()).reply()).isEqualTo(new Reply.Status(400, "ambiguous-path"));
    }

    @Test
    void withoutLeaveNothingIsLedThere() {
        DesiredState without = STATE.with(new Revision(2), List.of(new Change.Delete(LEAVE)));

        assertThat(ask(without, "/hello", Map.of()).name()).isEqualTo("sallyport/route-escapes-rules");
        assertThat(ask(without, "/admin/users", Map.of()).reply()).isEqualTo(new Reply.Status(403, ""));
    }

    private static Verdict ask(DesiredState state, String path, Map<String, String> headers) {
        return new Evaluator(new SnapshotCompiler().compile(state, ResourceName.of("edge", "internet")))
                .decide(new Question(
                        new Name("http"),
                        Peer.at(new IpAddress("127.0.0.2")),
                        new Approach.HttpRequest("billing.example", "GET", path, List.of(), new TreeMap<>(headers)),
                        Instant.EPOCH));
    }

    private static List<RouteTarget> targets(Verdict verdict) {
        return verdict.routing() instanceof Routing.Taken(var route) && route.action() instanceof Forward forward
                ? forward.targets()
                : List.of();
    }
}
