package io.sallyport.compiler.explain;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static io.sallyport.testkit.Sources.addresses;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.decision.Question;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.decision.Verdict.Asked;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.security.HeaderPolicy.Edit;
import io.sallyport.domain.security.RequestLimits;
import io.sallyport.testkit.Cases;
import io.sallyport.testkit.ResourceBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AskedByPoliciesTest {
    private static final Edit STRIPPING = new Edit(List.of("cookie"), new TreeMap<>());

    private final Evaluator evaluator = new Evaluator(new SnapshotCompiler()
            .compile(
                    ResourceBuilder.state(
                            aNamespace("edge"),
                            aGateway("edge/internet").http("http", 10080).tls("tls", 10443),
                            aDestination("edge/api")
                                    .hosts("api.example")
                                    .port(80, Protocol.HTTP)
                                    .port(443, Protocol.TLS),
                            aSecurityPolicy("edge/whole")
                                    .onGateway("internet")
                                    .limitedTo(1, Duration.ofSeconds(1))
                                    .headers(STRIPPING, Edit.NONE),
                            aSecurityPolicy("edge/close")
                                    .onDestination("api")
                                    .largest(new RequestLimits(10, 0))
                                    .headers(STRIPPING, Edit.NONE),
                            aRule("edge/all")
                                    .tier(Tier.ADMIN)
                                    .from(addresses("10.0.0.0/8"))
                                    .to("edge/api")),
                    Cases.GATEWAY));

    @Test
    void theClosestCountsAndLimitsAddUp() {
        assertThat(ask("http", "10.0.0.1", new Approach.HttpRequest("api.example", "GET", "/"))
                        .asked())
                .containsExactly(
                        new Asked(ResourceName.of("edge", "close"), List.of("headers", "requestLimits")),
                        new Asked(ResourceName.of("edge", "whole"), List.of("rateLimit")));
    }

    @Test
    void ofWhatIsRefusedNothingIsAsked() {
        assertThat(ask("http", "11.0.0.1", new Approach.HttpRequest("api.example", "GET", "/"))
                        .asked())
                .isEmpty();
    }

    @Test
    void whereThatCannotBeAskedNothingIsAllowed() {
        Verdict verdict = ask("tls", "10.0.0.1", new Approach.ClientHello(List.of("api.example")));

        assertThat(verdict.name()).isEqualTo("sallyport/unenforceable");
        assertThat(verdict.asked()).isEmpty();
    }

    private Verdict ask(String listener, String address, Approach approach) {
        return evaluator.decide(
                new Question(new Name(listener), Peer.at(new IpAddress(address)), approach, Instant.EPOCH));
    }
}
