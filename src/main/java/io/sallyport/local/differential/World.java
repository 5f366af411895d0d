package io.sallyport.local.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.local.ApiClient;
import io.sallyport.local.BootstrapFile;
import io.sallyport.local.ControlPlane;
import io.sallyport.local.EncryptionKey;
import io.sallyport.local.EnvoyBinary;
import io.sallyport.local.EnvoyProcess;
import io.sallyport.local.LocalIssuer;
import io.sallyport.local.LocalPostgres;
import io.sallyport.local.Ports;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** The packaged control plane with all that it needs, a real Envoy that it drives, and what is behind that. */
final class World implements AutoCloseable {
    static final ResourceName GATEWAY = ResourceName.of("edge", "internet");
    private static final List<Integer> LISTENERS =
            IntStream.rangeClosed(101, 113).boxed().toList();
    private static final Duration PATIENCE_FOR_NEWS = Duration.ofSeconds(3);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final Wiring wiring;
    private final ApiClient api;
    private final EnvoyProcess envoy;
    private final AccessLog log;
    private final Upstreams upstreams;
    private final Names names;
    private final Probe probe = new Probe();
    private final Coverage coverage = new Coverage();

    World(EnvoyBinary binary, Path folder) {
        names = keep(new Names());
        upstreams = keep(Upstreams.start());
        Map<Integer, Integer> ports = new HashMap<>(upstreams.ports());
        LISTENERS.forEach(listener -> ports.put(listener, Ports.free()));
        wiring = new Wiring(ports);
        LocalIssuer issuer = keep(LocalIssuer.start());
        ControlPlane controlPlane = controlPlane(keep(LocalPostgres.temporary()), issuer, folder);
        api = new ApiClient(controlPlane.url(), issuer.userToken("admin"));
        Path bootstrap = new BootstrapFile(
                        GATEWAY.toString(), "gateway-internet", controlPlane.grpc(), issuer.tokenUri())
                .write(folder.resolve("envoy"), "local");
        askNamesAt(bootstrap);
        envoy = keep(EnvoyProcess.start(binary, bootstrap, folder.resolve("envoy")));
        log = new AccessLog(folder.resolve("envoy/access.log"));
    }

    private ControlPlane controlPlane(LocalPostgres postgres, LocalIssuer issuer, Path folder) {
        var settings = new HashMap<>(ControlPlane.BRIEF);
        settings.put("SALLYPORT_DATABASE_URL", postgres.jdbcUrl());
        settings.put("SALLYPORT_DATABASE_USER", LocalPostgres.USER);
        settings.put("SALLYPORT_ISSUER", issuer.issuerUri().toString());
        settings.put("SALLYPORT_ENCRYPTION_KEY", EncryptionKey.random());
        ControlPlane started =
                ControlPlane.start(Ports.free(), Ports.free(), settings, folder.resolve("control-plane.log"));
        keep(started.process());
        return started.awaitReady();
    }

    // Of our server alone, whatever this machine asks.
    private void askNamesAt(Path bootstrap) {
        try {
            Files.writeString(bootstrap, resolver(names.port()), StandardOpenOption.APPEND);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    Wiring wiring() {
        return wiring;
    }

    Upstreams upstreams() {
        return upstreams;
    }

    Names names() {
        return names;
    }

    Probe probe() {
        return probe;
    }

    Coverage coverage() {
        return coverage;
    }

    /** Whether this machine has the loopback address of IPv6. */
    boolean hasIpv6() {
        try (var socket = new ServerSocket(0, 1, InetAddress.ofLiteral("::1"))) {
            return socket.isBound();
        } catch (IOException none) {
            return false;
        }
    }

    AccessLog log() {
        return log;
    }

    /** Writes the state and returns once Envoy runs it; that is the snapshot which it runs. */
    Snapshot run(TrialState state) {
        var wired = new TrialState(wiring.wired(state.documents()), wiring.wired(state.later()));
        Snapshot snapshot = new SnapshotCompiler().compile(wired.desired(), GATEWAY);
        long revision = apply(wired.documents());
        if (!wired.later().isEmpty()) {
            revision = apply(wired.later());
        }
        await(snapshot.version().hash(), revision);
        return snapshot;
    }

    private long apply(List<JsonNode> documents) {
        return api.apply(new ObjectMapper().createArrayNode().addAll(documents))
                .path("revision")
                .asLong();
    }

    /** How often Envoy has refused something. */
    long rejections() {
        return envoy.admin()
                .orElseThrow()
                .get("/stats?filter=update_rejected")
                .lines()
                .mapToLong(line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1)))
                .sum();
    }

    String envoyLog() {
        return envoy.log();
    }

    private void await(String hash, long revision) {
        Instant start = Instant.now();
        while (!isAcknowledged(hash, revision, start.plus(PATIENCE_FOR_NEWS))) {
            if (Instant.now().isAfter(start.plus(PATIENCE))) {
                throw new IllegalStateException("Envoy does not run revision %d, hash %s: %s"
                        .formatted(revision, hash, api.get("/api/v1/agents")));
            }
            pause();
        }
    }

    // By its content where it is not newer than what ran before, for then nothing was sent. That is not as we compile
    // it
    // where the control plane has noted that a bound of validity has passed.
    private boolean isAcknowledged(String hash, long revision, Instant lastNews) {
        JsonNode acknowledged = api.get("/api/v1/agents").at("/items/0/acknowledged");
        String version = acknowledged.path("version").asText();
        return version.endsWith("." + hash)
                || acknowledged.path("revision").asLong() >= revision
                || (Instant.now().isAfter(lastNews) && version.equals(newest()));
    }

    private String newest() {
        return api.get("/api/v1/namespaces/edge/egress-gateways/internet/snapshot")
                .path("version")
                .asText();
    }

    static void pause() {
        try {
            Thread.sleep(Duration.ofMillis(20));
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", interrupted);
        }
    }

    private <T extends AutoCloseable> T keep(T started) {
        running.push(started);
        return started;
    }

    @Override
    public void close() {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception failed) {
                throw new IllegalStateException(failed);
            }
        }
    }

    private static String resolver(int port) {
        return """
            typed_dns_resolver_config:
              name: envoy.network.dns_resolver.cares
              typed_config:
                "@type": type.googleapis.com/envoy.extensions.network.dns_resolver.cares.v3.CaresDnsResolverConfig
                resolvers: [{socket_address: {address: 127.0.0.1, port_value: %d}}]
                dns_resolver_options: {no_default_search_domain: true}
            """.formatted(port);
    }
}
