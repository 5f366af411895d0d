package io.sallyport.local.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.local.ApiClient;
import io.sallyport.local.BootstrapFile;
import io.sallyport.local.ControlPlane;
import io.sallyport.local.EnvoyBinary;
import io.sallyport.local.EnvoyProcess;
import io.sallyport.local.LocalIssuer;
import io.sallyport.local.LocalPostgres;
import io.sallyport.local.Ports;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The packaged control plane with all that it needs, a real Envoy that it drives, and what is behind that. */
final class World implements AutoCloseable {
    static final ResourceName GATEWAY = ResourceName.of("edge", "internet");
    private static final List<Integer> LISTENERS = List.of(101, 102, 103, 104, 105, 106, 107, 108, 109);
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private final Wiring wiring;
    private final ApiClient api;
    private final EnvoyProcess envoy;
    private final AccessLog log;

    World(EnvoyBinary binary, Path folder) {
        Upstreams upstreams = keep(Upstreams.start(folder));
        Map<Integer, Integer> ports = new HashMap<>(upstreams.ports());
        LISTENERS.forEach(listener -> ports.put(listener, Ports.free()));
        wiring = new Wiring(ports);
        LocalIssuer issuer = keep(LocalIssuer.start());
        ControlPlane controlPlane = controlPlane(keep(LocalPostgres.temporary()), issuer, folder);
        api = new ApiClient(controlPlane.url(), issuer.userToken("admin"));
        Path bootstrap = new BootstrapFile(
                        GATEWAY.toString(), "gateway-internet", controlPlane.grpc(), issuer.tokenUri())
                .write(folder.resolve("envoy"), "local");
        envoy = keep(EnvoyProcess.start(binary, bootstrap, folder.resolve("envoy")));
        log = new AccessLog(folder.resolve("envoy/access.log"));
    }

    private ControlPlane controlPlane(LocalPostgres postgres, LocalIssuer issuer, Path folder) {
        var settings = Map.of(
                "SALLYPORT_DATABASE_URL", postgres.jdbcUrl(),
                "SALLYPORT_DATABASE_USER", LocalPostgres.USER,
                "SALLYPORT_ISSUER", issuer.issuerUri().toString());
        ControlPlane started =
                ControlPlane.start(Ports.free(), Ports.free(), settings, folder.resolve("control-plane.log"));
        keep(started.process());
        return started.awaitReady();
    }

    Wiring wiring() {
        return wiring;
    }

    AccessLog log() {
        return log;
    }

    /** Writes the state and returns once Envoy runs it; that is the snapshot which it runs. */
    Snapshot run(TrialState state) {
        TrialState wired = new TrialState(wiring.wired(state.documents()));
        Snapshot snapshot = new SnapshotCompiler().compile(wired.desired(), GATEWAY);
        ArrayNode documents = new ObjectMapper().createArrayNode().addAll(wired.documents());
        long revision = api.apply(documents).path("revision").asLong();
        await(snapshot.version().hash(), revision);
        return snapshot;
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

    // By its content where it is not newer than what ran before, for then nothing was sent.
    private void await(String hash, long revision) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!isAcknowledged(hash, revision)) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("Envoy does not run revision %d, hash %s: %s"
                        .formatted(revision, hash, api.get("/api/v1/agents")));
            }
            pause();
        }
    }

    private boolean isAcknowledged(String hash, long revision) {
        JsonNode acknowledged = api.get("/api/v1/agents").at("/items/0/acknowledged");
        return acknowledged.path("version").asText().endsWith("." + hash)
                || acknowledged.path("revision").asLong() >= revision;
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
}
