package io.sallyport.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.local.Ports;
import io.sallyport.testkit.ClientHello;
import io.sallyport.testkit.Flow;
import io.sallyport.testkit.RequiresEnvoy;
import io.sallyport.testkit.TickingUpstream;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A gateway with {@code onRevoke: Cut}: open flows end with their grant, and no other flow does. */
@RequiresEnvoy
class CutIT {
    private static final String ANN = "127.0.0.4";
    private static final String BEN = "127.0.0.5";
    // After it another flow is tried.
    private static final Duration A_WHILE = Duration.ofSeconds(5);

    // More than the head of an answer.
    private static final int ENOUGH = 60;

    private static final int HTTP = Ports.free();
    private static final int TLS = Ports.free();
    private static final int TCP = Ports.free();

    private static Gate gate;
    private static TickingUpstream web;
    private static TickingUpstream raw;

    private List<Flow> annsFlows;
    private List<Flow> bensFlows;
    private Flow toElsewhere;

    @BeforeAll
    static void start() {
        gate = Gate.open();
        web = TickingUpstream.ofHttp();
        raw = TickingUpstream.ofTcp();
        gate.apply(namespace(), destination("ticks"), destination("more"), destination("led"), gateway());
    }

    @AfterAll
    static void stop() {
        gate.close();
        web.close();
        raw.close();
    }

    @BeforeEach
    void openFlows() {
        gate.apply(
                workload("ann", ANN),
                workload("ben", BEN),
                deny().replace("action: Deny", "action: Deny\n  enforcement: Off"),
                rule("ann", "ticks"),
                rule("ben", "ticks"),
                rule("ann", "more"));
        gate.awaitAcknowledgement();
        annsFlows = flows(ANN);
        bensFlows = flows(BEN);
        toElsewhere = flowing(() -> Flow.ofHttp(ANN, HTTP, "more.example"));
    }

    @AfterEach
    void closeFlows() {
        Stream.of(annsFlows, bensFlows, List.of(toElsewhere))
                .flatMap(List::stream)
                .forEach(Flow::close);
    }

    @Test
    void aRuleThatGoesTakesItsFlowsWithItAndNoOthers() {
        gate.api().delete("/api/v1/namespaces/edge/egress-rules/ann-to-ticks");

        assertOnlyAnnIsCut();
    }

    @Test
    void aDenialBeforeTheRuleCutsToo() {
        gate.apply(deny());

        assertOnlyAnnIsCut();
    }

    @Test
    void aWorkloadThatIsNoLongerMeantIsCutAndThoseWhoAreStayConnected() {
        gate.apply(workload("ann", ANN).replace("app: ann", "app: nobody"));

        await().until(() -> annsFlows.stream().allMatch(Flow::hasEnded));
        assertStillFlowing(bensFlows);
    }

    @Test
    void aRouteThatMayNotLeadThereAnyMoreTakesItsFlowsWithIt() {
        gate.apply(rule("ann", "led"), route());
        gate.awaitAcknowledgement();
        List<Flow> led = List.of(
                flowing(() -> Flow.ofHttp(ANN, HTTP, "led.example")),
                flowing(() -> Flow.open(ANN, TLS, ClientHello.naming("led.example"))));

        gate.api().delete("/api/v1/namespaces/edge/egress-rules/ann-to-more");

        await().until(() -> led.stream().allMatch(Flow::hasEnded));
        assertThat(gate.api().get("/api/v1/namespaces/edge/traffic-routes/led-to-more"))
                .asString()
                .contains("RouteEscapesRules");
        assertStillFlowing(annsFlows);
        assertStillFlowing(bensFlows);
        gate.api().delete("/api/v1/namespaces/edge/traffic-routes/led-to-more");
        led.forEach(Flow::close);
    }

    private void assertOnlyAnnIsCut() {
        await().until(() -> annsFlows.stream().allMatch(Flow::hasEnded));
        assertStillFlowing(bensFlows);
        assertStillFlowing(List.of(toElsewhere));
    }

    private static void assertStillFlowing(List<Flow> flows) {
        for (Flow flow : flows) {
            long before = flow.bytes();
            await().until(() -> flow.bytes() > before + 50);
            assertThat(flow.hasEnded()).isFalse();
        }
    }

    private static List<Flow> flows(String from) {
        return List.of(
                flowing(() -> Flow.ofHttp(from, HTTP, "ticks.example")),
                flowing(() -> Flow.open(from, TLS, ClientHello.naming("ticks.example"))),
                flowing(() -> Flow.open(from, TCP, new byte[] {1})));
    }

    // Until the rule is there, what comes is refused and hung up on, or ends at once.
    private static Flow flowing(Supplier<Flow> open) {
        return await().ignoreExceptions().until(() -> lasting(open.get()), flow -> !flow.hasEnded());
    }

    private static Flow lasting(Flow flow) {
        await().atMost(A_WHILE).until(() -> flow.hasEnded() || flow.bytes() > ENOUGH);
        return flow;
    }

    private static String namespace() {
        return """
                apiVersion: sallyport.io/v1
                kind: Namespace
                metadata: {name: edge}
                spec: {scopes: {cidrs: [127.0.0.4/31]}}
                """;
    }

    private static String gateway() {
        return """
                apiVersion: sallyport.io/v1
                kind: EgressGateway
                metadata: {namespace: edge, name: internet}
                spec:
                  agentSelector: {identities: [{clientId: gateway-internet}]}
                  allowedNamespaces: {from: All}
                  addressPolicy: {permit: [127.0.0.0/8]}
                  onRevoke: Cut
                  listeners:
                    - {name: web, address: 127.0.0.1, port: %d, protocol: HTTP}
                    - {name: names, address: 127.0.0.1, port: %d, protocol: TLS}
                    - {name: raw, address: 127.0.0.1, port: %d, protocol: TCP, destinationRef: {name: ticks}}
                """.formatted(HTTP, TLS, TCP);
    }

    private static String destination(String name) {
        return """
                apiVersion: sallyport.io/v1
                kind: Destination
                metadata: {namespace: edge, name: %s}
                spec:
                  hosts: [%s.example]
                  ports:
                    - {number: 80, protocol: HTTP, targetPort: %d}
                    - {number: 443, protocol: TLS, targetPort: %d}
                    - {number: 5432, protocol: TCP, targetPort: %d}
                  resolution: Static
                  endpoints: [{address: 127.0.0.1}]
                """.formatted(name, name, web.port(), raw.port(), raw.port());
    }

    private static String route() {
        return """
                apiVersion: sallyport.io/v1
                kind: TrafficRoute
                metadata: {namespace: edge, name: led-to-more}
                spec:
                  parentRefs: [{kind: Destination, name: led}]
                  rules: [{backends: [{destinationRef: {name: more}}]}]
                """;
    }

    private static String deny() {
        return rule("ann", "ticks").replace("ann-to-ticks", "not-ann").replace("Allow", "Deny");
    }

    private static String workload(String name, String address) {
        return """
                apiVersion: sallyport.io/v1
                kind: Workload
                metadata: {namespace: edge, name: %s}
                spec: {labels: {app: %s}, identities: [{cidr: %s/32}]}
                """.formatted(name, name, address);
    }

    private static String rule(String who, String destination) {
        return """
                apiVersion: sallyport.io/v1
                kind: EgressRule
                metadata: {namespace: edge, name: %s-to-%s}
                spec:
                  gatewayRef: {name: internet}
                  tier: Admin
                  action: Allow
                  from: [{workloadSelector: {matchLabels: {app: %s}}}]
                  to: [{destinationRef: {name: %s}}]
                """.formatted(who, destination, who, destination);
    }
}
