package io.sallyport.push.xds;

import static io.sallyport.testkit.DestinationBuilder.aDestination;
import static io.sallyport.testkit.GatewayBuilder.aGateway;
import static io.sallyport.testkit.NamespaceBuilder.aNamespace;
import static io.sallyport.testkit.ResourceBuilder.state;
import static io.sallyport.testkit.RuleBuilder.aRule;
import static io.sallyport.testkit.Sources.addresses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.compiler.envoy.EnvoyCompiler;
import io.sallyport.compiler.envoy.EnvoyResource;
import io.sallyport.compiler.envoy.EnvoySnapshot;
import io.sallyport.compiler.envoy.ResourceType;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.destination.DestinationPort.Protocol;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.local.EnvoyProcess;
import io.sallyport.local.Ports;
import io.sallyport.testkit.Cases;
import io.sallyport.testkit.EchoUpstream;
import io.sallyport.testkit.Patience;
import io.sallyport.testkit.RawHttp;
import io.sallyport.testkit.RequiresEnvoy;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A real Envoy that never gets one of the tables: it refuses, though a rule allows everyone. */
@RequiresEnvoy
class MissingTablesIT {
    @TempDir
    Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"http/tokens", "http/identities", "http/addresses", "http/rules/0"})
    void refusesWhileATableIsMissing(String table) {
        int port = Ports.free();
        try (var web = EchoUpstream.start();
                var plane = new SmallControlPlane(without(table, snapshot(port, web.port())));
                var envoy = EnvoyProcess.start(
                        RequiresEnvoy.Condition.binary(), SmallControlPlane.bootstrap(folder, plane.port()), folder)) {
            envoy.awaitLive(Patience.LONG);
            await().ignoreExceptions().until(() -> ask(port).status() == 403);
            assertThat(ask(port).body()).contains("\"rule\":\"sallyport/default-deny\"");
            assertThat(web.connections()).isZero();
        }
    }

    private static RawHttp.Answer ask(int port) {
        return RawHttp.get("127.0.0.2", port, "open.test");
    }

    private static EnvoySnapshot without(String table, Snapshot snapshot) {
        EnvoySnapshot whole = new EnvoyCompiler().compile(snapshot);
        Map<ResourceType, SortedMap<String, EnvoyResource>> resources = new EnumMap<>(whole.resources());
        SortedMap<String, EnvoyResource> others = new TreeMap<>(whole.ofType(ResourceType.EXTENSION_CONFIG));
        assertThat(others.remove(table)).isNotNull();
        resources.put(ResourceType.EXTENSION_CONFIG, others);
        return new EnvoySnapshot(snapshot, resources);
    }

    private static Snapshot snapshot(int port, int web) {
        return new SnapshotCompiler()
                .compile(
                        state(
                                aNamespace("edge"),
                                aGateway("edge/internet")
                                        .permitting("127.0.0.1/32")
                                        .http("http", port),
                                aDestination("edge/open")
                                        .hosts("open.test")
                                        .port(80, Protocol.HTTP, web)
                                        .statically()
                                        .at("127.0.0.1"),
                                aRule("edge/everyone")
                                        .tier(Tier.ADMIN)
                                        .from(addresses("0.0.0.0/0", "::/0"))
                                        .to("edge/open")),
                        Cases.GATEWAY);
    }
}
