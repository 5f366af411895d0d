package io.sallyport.compiler.envoy;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.security.TlsOrigination;
import io.sallyport.domain.security.TlsOrigination.Unverified;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.testkit.Cases;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CopiesTest {
    private static final List<Unverified> EXCEPTION =
            List.of(new Unverified(Instant.parse("2030-01-01T00:00:00Z"), "its certificate is being made", false));

    // Envoy passes over the filter that would see that the exception is over.
    @Test
    void whatEnvoySendsByItselfIsVerifiedWhateverTheException() {
        Snapshot snapshot = new SnapshotCompiler()
                .compile(
                        state(
                                aNamespace("edge"),
                                aGateway("edge/internet").http("http", 10080),
                                aDestination("edge/excepted")
                                        .hosts("excepted.test")
                                        .port(443, Protocol.HTTPS)
                                        .statically()
                                        .at("192.0.2.1"),
                                aSecurityPolicy("edge/excepted")
                                        .onDestination("excepted")
                                        .tls(TlsOrigination.DEFAULT.withUnverified(EXCEPTION))),
                        Cases.GATEWAY);

        assertThat(snapshot.upstreams()).singleElement().satisfies(upstream -> {
            assertThat(upstream.tls().unverified()).isEqualTo(EXCEPTION);
            assertThat(Copies.of(upstream, List.of(), WayOut.of(snapshot))
                            .orElseThrow()
                            .tls())
                    .isEqualTo(TlsOrigination.DEFAULT);
        });
    }
}
