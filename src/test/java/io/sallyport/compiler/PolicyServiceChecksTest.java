package io.sallyport.compiler;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.SecurityPolicyBuilder.aSecurityPolicy;
import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.security.ExternalAuthorization;
import io.sallyport.domain.security.RateLimit;
import io.sallyport.domain.security.RateLimit.Global;
import io.sallyport.testkit.DestinationBuilder;
import io.sallyport.testkit.ResourceBuilder;
import io.sallyport.testkit.SecurityPolicyBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PolicyServiceChecksTest {
    private static final Duration TIMEOUT = Duration.ofMillis(500);

    @Test
    void overGrpcAServiceIsFoundByItsNameOrAtItsAddresses() {
        for (DestinationBuilder service : List.of(
                grpc(),
                grpc().at("other.example"),
                grpc().dynamically(),
                grpc().statically().at("192.0.2.1"))) {
            assertThat(findings(asking(ExternalAuthorization.Protocol.GRPC), service))
                    .isEmpty();
            assertThat(findings(counting(), service)).isEmpty();
        }
    }

    @Test
    void notByOneOfSeveralNamesNorWhereTheRequestIs() {
        for (DestinationBuilder service : List.of(grpc().at("one.example", "two.example"), grpc().asAsked())) {
            assertThat(findings(asking(ExternalAuthorization.Protocol.GRPC), service))
                    .containsExactly("ERROR /spec/externalAuthorization/destinationRef CannotEnforce");
            assertThat(findings(counting(), service))
                    .containsExactly("ERROR /spec/rateLimit/global/destinationRef CannotEnforce");
        }
    }

    @Test
    void overHttpItIsShownTheHostOfTheRequestSoItHasAddresses() {
        assertThat(findings(asking(ExternalAuthorization.Protocol.HTTP), http()))
                .containsExactly("ERROR /spec/externalAuthorization/destinationRef CannotEnforce");
        assertThat(findings(
                        asking(ExternalAuthorization.Protocol.HTTP),
                        http().statically().at("192.0.2.1")))
                .isEmpty();
    }

    @Test
    void itSpeaksWhatItIsAskedIn() {
        assertThat(findings(asking(ExternalAuthorization.Protocol.GRPC), http()))
                .containsExactly("ERROR /spec/externalAuthorization/port CannotEnforce");
        assertThat(findings(
                        asking(ExternalAuthorization.Protocol.HTTP),
                        grpc().statically().at("192.0.2.1")))
                .containsExactly("ERROR /spec/externalAuthorization/port CannotEnforce");
        assertThat(findings(asking(ExternalAuthorization.Protocol.GRPC, 81), grpc()))
                .containsExactly("ERROR /spec/externalAuthorization/port PortNotFound");
    }

    @Test
    void itIsThereAndMayBeUsedAndHasAHost() {
        assertThat(findings(counting(), aDestination("edge/another").hosts("x.example")))
                .contains("ERROR /spec/rateLimit/global/destinationRef RefNotFound");
        assertThat(findings(
                        counting(),
                        aDestination("edge/service")
                                .hosts("*.example")
                                .port(80, Protocol.GRPC)
                                .dynamically()))
                .containsExactly("ERROR /spec/rateLimit/global/destinationRef CannotEnforce");
    }

    @Test
    void whatFailsOpenIsTold() {
        assertThat(findings(
                        aSecurityPolicy("edge/p")
                                .onDestination("api")
                                .countedBy(new Global(
                                        SERVICE, List.of(), "shop", List.of(RateLimit.Key.HOST), TIMEOUT, true)),
                        grpc()))
                .containsExactly("WARNING /spec/rateLimit/global/failureMode FailsOpen");
    }

    private static final ResourceName SERVICE = ResourceName.of("edge", "service");

    private static DestinationBuilder grpc() {
        return aDestination("edge/service").hosts("service.example").port(80, Protocol.GRPC);
    }

    private static DestinationBuilder http() {
        return aDestination("edge/service").hosts("service.example").port(80, Protocol.HTTP);
    }

    private static SecurityPolicyBuilder asking(ExternalAuthorization.Protocol protocol, int... port) {
        return aSecurityPolicy("edge/p")
                .onDestination("api")
                .askedBy(new ExternalAuthorization(
                        SERVICE,
                        java.util.Arrays.stream(port).mapToObj(PortNumber::new).toList(),
                        protocol,
                        "",
                        TIMEOUT,
                        false,
                        List.of(),
                        List.of(),
                        0));
    }

    private static SecurityPolicyBuilder counting() {
        return aSecurityPolicy("edge/p")
                .onDestination("api")
                .countedBy(new Global(SERVICE, List.of(), "shop", List.of(RateLimit.Key.HOST), TIMEOUT, false));
    }

    private static List<String> findings(SecurityPolicyBuilder written, DestinationBuilder service) {
        var state = ResourceBuilder.state(
                aNamespace("edge"),
                aGateway("edge/internet").http("http", 10080),
                aDestination("edge/api").hosts("api.example").port(80, Protocol.HTTP),
                service,
                written);
        return new PolicyChecks()
                .findings(state, Set.of(written.build().key()), Instant.EPOCH).stream()
                        .map(finding -> "%s %s %s".formatted(finding.severity(), finding.pointer(), finding.reason()))
                        .toList();
    }
}
