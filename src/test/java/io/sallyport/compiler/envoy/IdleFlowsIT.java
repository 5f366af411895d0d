package io.sallyport.compiler.envoy;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.Sources.addresses;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.testkit.RawHttp;
import io.sallyport.testkit.RequiresEnvoy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@RequiresEnvoy
class IdleFlowsIT {
    private static final String HERE = "127.0.0.2";

    @TempDir
    Path folder;

    @Test
    void aFlowWithoutAByteForTooLongEnds() throws IOException {
        try (var silent = new ServerSocket(0, 50, InetAddress.ofLiteral("127.0.0.1"));
                var gate = new HttpGate(folder, ports -> policy(ports, silent.getLocalPort()))) {
            Instant before = Instant.now();

            RawHttp.Answer answer = RawHttp.get(HERE, gate.ports().first(), "silent.test");

            assertThat(answer.body()).contains("\"code\":\"idle-timeout\"");
            assertThat(Duration.between(before, Instant.now())).isGreaterThan(Duration.ofMillis(1400));
        }
    }

    private static DesiredState policy(HttpGate.Ports ports, int silent) {
        return state(
                aNamespace("edge"),
                aGateway("edge/internet")
                        .permitting("127.0.0.1/32")
                        .idleTimeout(Duration.ofMillis(1500))
                        .http("http", ports.first()),
                aDestination("edge/silent")
                        .hosts("silent.test")
                        .port(80, Protocol.HTTP, silent)
                        .statically()
                        .at("127.0.0.1"),
                aRule("edge/all").tier(Tier.ADMIN).from(addresses("0.0.0.0/0")).to("edge/silent"));
    }
}
