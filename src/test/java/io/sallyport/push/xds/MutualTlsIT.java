package io.sallyport.push.xds;

import static io.sallyport.testkit.AgentTlsResource.AGENTS;
import static io.sallyport.testkit.AgentTlsResource.SERVER;
import static io.sallyport.testkit.AgentTlsResource.SERVERS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.accesslog.v3.AccessLogServiceGrpc;
import io.envoyproxy.envoy.service.accesslog.v3.StreamAccessLogsMessage;
import io.envoyproxy.envoy.service.accesslog.v3.StreamAccessLogsResponse;
import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.envoyproxy.envoy.service.secret.v3.SecretDiscoveryServiceGrpc;
import io.grpc.ConnectivityState;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.AbstractStub;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.sallyport.agents.AgentRegistry;
import io.sallyport.compiler.envoy.ResourceType;
import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.local.AgentCredential;
import io.sallyport.local.BootstrapFile;
import io.sallyport.local.CertificateAuthority;
import io.sallyport.local.EnvoyProcess;
import io.sallyport.local.Ports;
import io.sallyport.local.ServerTrust;
import io.sallyport.push.agent.v1.AgentProtocol.AgentMessage;
import io.sallyport.push.agent.v1.AgentProtocol.GatewayRole;
import io.sallyport.push.agent.v1.AgentProtocol.Hello;
import io.sallyport.push.agent.v1.AgentProtocol.ProtocolRange;
import io.sallyport.push.agent.v1.AgentProtocol.ServerMessage;
import io.sallyport.push.agent.v1.AgentServiceGrpc;
import io.sallyport.testkit.AgentTlsResource;
import io.sallyport.testkit.CertifiedChannel;
import io.sallyport.testkit.EchoUpstream;
import io.sallyport.testkit.Heard;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.PostgresResource;
import io.sallyport.testkit.RawHttp;
import io.sallyport.testkit.RequiresEnvoy;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.security.cert.CertificateParsingException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents by their certificates, over real TLS. */
@RequiresEnvoy
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
@WithTestResource(AgentTlsResource.class)
final class MutualTlsIT {
    private static final String FOREIGN = id("foreign");

    @Inject
    AgentRegistry registry;

    @Test
    void aCertificateOfTheAgentSelectorIsEnough() {
        World world = new World("by-certificate", 131).create().admitting("spiffeId: '" + id("a") + "'");

        try (Connection connection = certified(id("a")).start(world.gateway())) {
            await().until(() -> connection.typesHeard().contains(ResourceType.LISTENER));

            assertThat(registry.all())
                    .filteredOn(agent -> agent.gateway().toString().equals(world.gateway()))
                    .extracting(agent -> agent.principal().value())
                    .containsExactly(id("a"));
        }
    }

    @Test
    void aTokenIsEnoughWhereNoCertificateIsShown() {
        World world = new World("by-token", 132).create();
        String token = IssuerResource.issuer().clientToken(world.client());

        try (Connection connection =
                new Connection(CertifiedChannel.showingNone(Connection.port()), token).start(world.gateway())) {
            await().until(() -> connection.typesHeard().contains(ResourceType.LISTENER));
        }
    }

    @Test
    void whatTheNodeClaimsIsNoProof() {
        World world = new World("claimed", 133).create().admitting("spiffeId: '" + id("b") + "'");

        try (Connection connection = certified(FOREIGN).start(world.gateway())) {
            Status end = ended(connection);

            assertThat(end.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
            assertThat(end.getDescription()).contains(FOREIGN, world.gateway());
        }
    }

    @Test
    void whoShowsBothIsAdmittedByBothOnly() {
        World world = new World("both", 134)
                .create()
                .admitting("spiffeId: '" + id("c") + "'", "clientId: gateway-both", "clientId: another");
        String token = IssuerResource.issuer().clientToken(world.client());
        String foreign = IssuerResource.issuer().clientToken("gateway-of-others");

        try (Connection entitled = new Connection(channel(id("c")), token).start(world.gateway());
                Connection foreignToken = new Connection(channel(id("c")), foreign).start(world.gateway());
                Connection foreignCertificate = new Connection(channel(FOREIGN), token).start(world.gateway());
                Connection brokenToken = new Connection(channel(id("c")), "nonsense").start(world.gateway())) {
            assertThat(ended(foreignToken).getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
            assertThat(ended(foreignCertificate).getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
            assertThat(ended(brokenToken).getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
            await().until(() -> entitled.typesHeard().contains(ResourceType.LISTENER));
        }
    }

    @Test
    void everyServiceRefusesAForeignCertificate() {
        World world = new World("all-services", 135).create().admitting("spiffeId: '" + id("d") + "'");
        ManagedChannel channel = channel(FOREIGN);
        try {
            assertThat(accessLog(channel, world.gateway(), "").end().getCode())
                    .isEqualTo(Status.Code.PERMISSION_DENIED);
            assertThat(stateOfTheWorld(channel, world.gateway()).end().getCode())
                    .isEqualTo(Status.Code.PERMISSION_DENIED);
            assertThat(secretsAlone(channel, world.gateway()).end().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
            assertThat(agentProtocol(channel, world).end().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void accessLogsOfNobodyAndOfForeignersAreRefused() {
        World world =
                new World("logs", 136).create().admitting("spiffeId: '" + id("e") + "'", "clientId: gateway-logs");
        ManagedChannel nobody = CertifiedChannel.showingNone(Connection.port());
        ManagedChannel certified = channel(id("e"));
        String foreign = IssuerResource.issuer().clientToken("gateway-of-others");
        String expired = IssuerResource.issuer().expiredToken();
        try {
            assertThat(accessLog(nobody, world.gateway(), "").end().getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(accessLog(nobody, world.gateway(), expired).end().getCode())
                    .isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(accessLog(nobody, world.gateway(), foreign).end().getCode())
                    .isEqualTo(Status.Code.PERMISSION_DENIED);

            Heard<StreamAccessLogsResponse> entitled = accessLog(certified, world.gateway(), "");
            await().during(Duration.ofMillis(300)).until(() -> !entitled.isOver());
            world.admitting("clientId: somebody-else");
            assertThat(entitled.end().getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        } finally {
            nobody.shutdownNow();
            certified.shutdownNow();
        }
    }

    @Test
    void secretsReachTheGatewaysOwnAgentsAlone() {
        World owner = new World("holder", 137)
                .create()
                .endTls(CertificateAuthority.named("gateways").server("gate.test"));
        owner.admittingWithTls("spiffeId: '" + id("f") + "'");
        World other = new World("onlooker", 138).create().admitting("spiffeId: '" + FOREIGN + "'");

        try (Connection entitled = certified(id("f")).start(owner.gateway());
                Connection curious = certified(FOREIGN).start(other.gateway())) {
            entitled.asks(ResourceType.SECRET, "holder/server");
            curious.asks(ResourceType.SECRET, "holder/server").asks(ResourceType.SECRET, "*");

            await().until(() -> secrets(entitled).contains("holder/server"));
            await().until(() -> curious.heard().stream()
                    .anyMatch(response -> response.getRemovedResourcesList().contains("holder/server")));
            assertThat(secrets(curious)).isEmpty();
        }
    }

    @Test
    void aConnectionEndsWithItsCertificateAndTheNextOneIsSentNothingThatIsHeld() {
        World world = new World("rotated", 139).create().admitting("spiffeId: '" + id("g") + "'");

        Map<ResourceType, Map<String, String>> held = heldUntilTheEnd(world, 3);

        try (Connection again = certified(id("g")).start(world.gateway(), held)) {
            await().until(() -> acknowledgedAll(world));
            assertThat(again.heard()).isEmpty();
        }
    }

    /** Longer where the machine was so slow that the certificate ended before all was there. */
    private Map<ResourceType, Map<String, String>> heldUntilTheEnd(World world, int seconds) {
        Instant end = Instant.now().plusSeconds(seconds);
        ManagedChannel channel = CertifiedChannel.showing(AGENTS.clientUntil(end, id("g")), Connection.port());
        try (Connection connection = new Connection(channel, "").start(world.gateway())) {
            await().until(() -> acknowledgedAll(world) || connection.end().isPresent());
            boolean isWhole = acknowledgedAll(world);
            Status status = ended(connection);
            if (!isWhole) {
                return heldUntilTheEnd(world, seconds * 2);
            }

            assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(status.getDescription()).contains("expired");
            await().until(() -> channel.getState(false) == ConnectivityState.IDLE);
            return connection.versions();
        }
    }

    @Test
    void aConnectionThatGoesOnBeingRefusedIsClosedSoThatTheNextMayShowAnotherCertificate() {
        World world = new World("mistaken", 144).create().admitting("spiffeId: '" + id("l") + "'");
        ManagedChannel channel = channel(FOREIGN);
        try {
            await().until(() -> {
                Status end = accessLog(channel, world.gateway(), "").end();
                assertThat(end.getCode()).isIn(Status.Code.PERMISSION_DENIED, Status.Code.UNAVAILABLE);
                return channel.getState(false) == ConnectivityState.IDLE;
            });
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void whoProvesNobodyOverAndOverIsNotLookedAtForAWhile() {
        ManagedChannel channel = CertifiedChannel.showingNone(Connection.port());
        try {
            List<Heard<StreamAccessLogsResponse>> all = IntStream.range(0, 300)
                    .mapToObj(ignored -> accessLog(channel, "any/gateway", ""))
                    .toList();

            assertThat(all)
                    .extracting(heard -> heard.end().getCode())
                    .containsOnly(Status.Code.UNAUTHENTICATED, Status.Code.RESOURCE_EXHAUSTED);
            await().untilAsserted(() -> assertThat(
                            accessLog(channel, "any/gateway", "").end().getCode())
                    .isEqualTo(Status.Code.UNAUTHENTICATED));
        } finally {
            channel.shutdownNow();
        }
    }

    @Test
    void anIdThatIsNoLongerSelectedIsSentAway() {
        World world = new World("deselected", 140).create().admitting("spiffeId: '" + id("h") + "'");

        try (Connection connection = certified(id("h")).start(world.gateway())) {
            await().until(() -> connection.typesHeard().contains(ResourceType.LISTENER));
            world.admitting("spiffeId: '" + id("i") + "'");

            assertThat(ended(connection).getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
        }
    }

    @Test
    void whoseAuthorityIsNoLongerTrustedIsSentAwayAndItsConnectionClosed() {
        World world = new World("distrusted", 141).create().admitting("spiffeId: '" + id("j") + "'");
        ManagedChannel channel = channel(id("j"));
        try (Connection connection = new Connection(channel, "").start(world.gateway())) {
            await().until(() -> connection.typesHeard().contains(ResourceType.LISTENER));

            AgentTlsResource.trustNobody();

            Status status = ended(connection);
            assertThat(status.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
            assertThat(status.getDescription()).contains("no longer trusted");
            await().until(() -> channel.getState(false) == ConnectivityState.IDLE);
        } finally {
            AgentTlsResource.trust(AGENTS.bundle());
        }
        await().until(() -> handshakeIsTaken(id("j")));
    }

    @Test
    void aCertificateThatNobodySignsForIsRefusedInTheHandshake() {
        CertificateAuthority forger = CertificateAuthority.named("agents");
        ManagedChannel channel = CertifiedChannel.showing(forger.client(id("a")), Connection.port());

        try (Connection connection = new Connection(channel, "").start("any/gateway")) {
            assertThat(ended(connection).getCode()).isEqualTo(Status.Code.UNAVAILABLE);
        }
    }

    @Test
    void aNewServerCertificateIsShownToNewConnectionsAndABrokenOneToNobody() {
        World world = new World("served", 142).create().admitting("spiffeId: '" + id("k") + "'");
        try (Connection connection = certified(id("k")).start(world.gateway())) {
            await().until(() -> connection.typesHeard().contains(ResourceType.LISTENER));

            AgentTlsResource.serve(SERVERS.server(SERVER, "second.test"));
            await().until(() -> shown().contains("CN=" + SERVER) && names().contains("second.test"));
            AgentTlsResource.breakCertificate();
            await().until(() -> readiness().contains("not PEM"));

            assertThat(names()).contains("second.test");
            assertThat(metric("sallyport_tls_faults")).isEqualTo("1.0");
            assertThat(connection.end()).isEmpty();
        } finally {
            AgentTlsResource.serve(SERVERS.serverOf(List.of(SERVER, "127.0.0.1")));
        }
        await().until(() -> !readiness().contains("not PEM"));
    }

    @Test
    void anEnvoyGoesOnThroughNewCertificatesOnBothSides(@TempDir Path folder) {
        CertificateAuthority next = CertificateAuthority.named("next");
        int port = Ports.free();
        AGENTS.client(id("envoy")).moveTo(folder, "own");
        try (EchoUpstream upstream = EchoUpstream.start()) {
            World world = new World("envoys", 143).create().runningAt(port, upstream.port(), id("envoy"));
            try (EnvoyProcess envoy = envoy(folder, world)) {
                await().untilAsserted(() -> assertThat(agent(world).map(AgentStatus::effective))
                        .hasValueSatisfying(version -> assertThat(version).isNotEmpty()));
                await().ignoreExceptions().until(() -> passes(port));
                String before = updates(envoy);
                assertThat(before).contains("lds.update_success: 1");
                String first = agent(world).orElseThrow().id();

                AgentTlsResource.serve(SERVERS.serverOf(List.of(SERVER, "third.test", "127.0.0.1")));
                await().until(() -> names().contains("third.test"));
                assertThat(agent(world).map(AgentStatus::id)).contains(first);

                AgentTlsResource.trust(AGENTS.bundle() + next.bundle());
                next.client(id("envoy")).moveTo(folder, "own");
                AgentTlsResource.trust(next.bundle());
                await().until(() -> agent(world)
                        .filter(again -> !again.id().equals(first))
                        .filter(again -> !again.effective().isEmpty())
                        .isPresent());

                assertThat(updates(envoy)).isEqualTo(before);
                assertThat(passes(port)).isTrue();
            }
        } finally {
            AgentTlsResource.trust(AGENTS.bundle());
        }
        await().until(() -> handshakeIsTaken(id("envoy")));
    }

    private static EnvoyProcess envoy(Path folder, World world) {
        Path trust = folder.resolve("trust.crt");
        AgentTlsResource.copyAuthorities(trust);
        Path bootstrap = new BootstrapFile(
                        world.gateway(),
                        new AgentCredential.Certificate(folder.resolve("own.crt"), folder.resolve("own.key")),
                        "127.0.0.1:" + Connection.port(),
                        List.of(new ServerTrust(trust, SERVER)))
                .write(folder.resolve("envoy"), "");
        return EnvoyProcess.start(RequiresEnvoy.Condition.binary(), bootstrap, folder.resolve("envoy"));
    }

    private Optional<AgentStatus> agent(World world) {
        return registry.all().stream()
                .filter(agent -> agent.gateway().toString().equals(world.gateway()))
                .filter(AgentStatus::isConnected)
                .findFirst();
    }

    private static boolean passes(int port) {
        return RawHttp.get("127.0.0.2", port, "billing.envoys.example").status() == 200;
    }

    /** What Envoy took of us, by type. */
    private static String updates(EnvoyProcess envoy) {
        return envoy.admin()
                .orElseThrow()
                .get("/stats?filter=(lds|cds|rds.*|extension_config_discovery.*)[.](update_success|config_reload)$");
    }

    private static List<String> secrets(Connection connection) {
        return connection.heard().stream()
                .filter(response -> response.getTypeUrl().equals(ResourceType.SECRET.typeUrl()))
                .flatMap(response -> response.getResourcesList().stream())
                .map(resource -> resource.getName())
                .toList();
    }

    private static String shown() {
        return CertifiedChannel.shown(Connection.port())
                .getSubjectX500Principal()
                .getName();
    }

    private static String names() {
        try {
            return CertifiedChannel.shown(Connection.port())
                    .getSubjectAlternativeNames()
                    .toString();
        } catch (CertificateParsingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String readiness() {
        return RestAssured.get("/q/health/ready").asString();
    }

    private static String metric(String name) {
        return RestAssured.get("/q/metrics")
                .asString()
                .lines()
                .filter(line -> line.startsWith(name + " ") || line.startsWith(name + "{"))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .findFirst()
                .orElse("absent");
    }

    private static boolean handshakeIsTaken(String id) {
        ManagedChannel channel = channel(id);
        try {
            var state = channel.getState(true);
            await().until(() -> channel.getState(false) == ConnectivityState.READY
                    || channel.getState(false) == ConnectivityState.TRANSIENT_FAILURE);
            return state != null && channel.getState(false) == ConnectivityState.READY;
        } finally {
            channel.shutdownNow();
        }
    }

    private boolean acknowledgedAll(World world) {
        return registry.all().stream()
                .filter(agent -> agent.gateway().toString().equals(world.gateway()))
                .filter(AgentStatus::isConnected)
                .anyMatch(agent ->
                        !agent.acknowledged().isEmpty() && agent.acknowledged().equals(agent.sent()));
    }

    private static Heard<StreamAccessLogsResponse> accessLog(ManagedChannel channel, String gateway, String token) {
        Heard<StreamAccessLogsResponse> heard = new Heard<>();
        StreamObserver<StreamAccessLogsMessage> requests =
                with(AccessLogServiceGrpc.newStub(channel), token).streamAccessLogs(heard);
        requests.onNext(StreamAccessLogsMessage.newBuilder()
                .setIdentifier(StreamAccessLogsMessage.Identifier.newBuilder().setNode(node(gateway)))
                .build());
        return heard;
    }

    private static Heard<DiscoveryResponse> stateOfTheWorld(ManagedChannel channel, String gateway) {
        Heard<DiscoveryResponse> heard = new Heard<>();
        AggregatedDiscoveryServiceGrpc.newStub(channel)
                .streamAggregatedResources(heard)
                .onNext(request(ResourceType.CLUSTER, gateway));
        return heard;
    }

    private static Heard<DiscoveryResponse> secretsAlone(ManagedChannel channel, String gateway) {
        Heard<DiscoveryResponse> heard = new Heard<>();
        SecretDiscoveryServiceGrpc.newStub(channel).streamSecrets(heard).onNext(request(ResourceType.SECRET, gateway));
        return heard;
    }

    private static DiscoveryRequest request(ResourceType type, String gateway) {
        return DiscoveryRequest.newBuilder()
                .setNode(node(gateway))
                .setTypeUrl(type.typeUrl())
                .build();
    }

    private static Heard<ServerMessage> agentProtocol(ManagedChannel channel, World world) {
        Heard<ServerMessage> heard = new Heard<>();
        AgentServiceGrpc.newStub(channel)
                .connect(heard)
                .onNext(AgentMessage.newBuilder()
                        .setHello(Hello.newBuilder()
                                .setName("test")
                                .setProtocol(
                                        ProtocolRange.newBuilder().setOldest(1).setNewest(1))
                                .setGateway(GatewayRole.newBuilder()
                                        .setNamespace(world.namespace())
                                        .setName("internet")))
                        .build());
        return heard;
    }

    private static Node node(String gateway) {
        return Node.newBuilder().setCluster(gateway).setId("test").build();
    }

    private static <S extends AbstractStub<S>> S with(S stub, String token) {
        Metadata headers = new Metadata();
        if (!token.isEmpty()) {
            headers.put(Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER), "Bearer " + token);
        }
        return stub.withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
    }

    private static Connection certified(String id) {
        return new Connection(channel(id), "");
    }

    private static ManagedChannel channel(String id) {
        return CertifiedChannel.showing(AGENTS.client(id), Connection.port());
    }

    private static String id(String name) {
        return "spiffe://" + AgentTlsResource.TRUST_DOMAIN + "/gateways/" + name;
    }

    private static Status ended(Connection connection) {
        return await().until(connection::end, Optional::isPresent).orElseThrow();
    }
}
