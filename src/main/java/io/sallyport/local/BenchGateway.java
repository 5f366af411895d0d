package io.sallyport.local;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;

/** The policy of {@link BenchDocuments} in the control plane, and the Envoy that is its gateway. */
final class BenchGateway implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    private static final Duration SETTLING = Duration.ofSeconds(1);

    private final ApiClient api;
    private final BenchDocuments documents;
    private final EnvoyProcess envoy;

    private BenchGateway(ApiClient api, BenchDocuments documents, EnvoyProcess envoy) {
        this.api = api;
        this.documents = documents;
        this.envoy = envoy;
    }

    /** Its documents have been applied. Returns when the caller reaches the last host. */
    static BenchGateway start(ApiClient api, BenchDocuments documents, EnvoyBinary binary, Path folder) {
        Path bootstrap =
                BootstrapVerb.write(api, documents.gateway(), EnvironmentFile.grpc(), EnvironmentFile.issuer(), folder);
        EnvoyProcess envoy = EnvoyProcess.start(binary, bootstrap, folder).awaitLive(PATIENCE);
        BenchGateway gateway = new BenchGateway(api, documents, envoy);
        gateway.awaitTraffic();
        return gateway;
    }

    private void awaitTraffic() {
        long start = System.nanoTime();
        while (!reaches(BenchDocuments.host(documents.hosts() - 1))) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new CommandException(
                        "The gateway did not serve within %s. It said:%n%s".formatted(PATIENCE, envoy.log()));
            }
            Pause.briefly();
        }
        Pause.of(SETTLING);
    }

    private boolean reaches(String host) {
        try (KeptConnection connection = new KeptConnection(documents.caller(), documents.listenerPort())) {
            return connection.get(host) == 200;
        } catch (RuntimeException notYet) {
            return false;
        }
    }

    EnvoyProcess envoy() {
        return envoy;
    }

    void deny(int host) {
        put("egress-rules/caller-" + host, documents.callerRule(host, "Deny"));
    }

    void allow(int host) {
        put("egress-rules/caller-" + host, documents.callerRule(host, "Allow"));
    }

    void relabel(int host, String label) {
        put("workloads/w" + host, documents.workload(host, label));
    }

    private void put(String path, String document) {
        var _ = api.put("/api/v1/namespaces/%s/%s".formatted(documents.namespace(), path), document);
    }

    /** Bytes that came from the control plane because of a change. */
    long bytesOf(Runnable change) {
        long before = received();
        change.run();
        Pause.of(SETTLING);
        return received() - before;
    }

    /** The same for one of so many changes, and as many that undo them. */
    long bytesOfOne(int rounds, IntConsumer change, IntConsumer undo) {
        return bytesOf(() -> IntStream.range(0, rounds).forEach(round -> {
                    int host = round % documents.hosts();
                    change.accept(host);
                    Pause.briefly();
                    undo.accept(host);
                    Pause.briefly();
                }))
                / (2L * rounds);
    }

    private long received() {
        return numbers("^cluster.sallyport.upstream_cx_rx_bytes_total$").values().stream()
                .mapToLong(Long::longValue)
                .sum();
    }

    /** The extension configurations that a change made Envoy take anew, as their statistics name them. */
    SortedMap<String, Long> reloadedBy(Runnable change) {
        Map<String, Long> before = numbers("config_reload$");
        change.run();
        Pause.of(SETTLING);
        SortedMap<String, Long> reloaded = new TreeMap<>();
        numbers("config_reload$").forEach((name, count) -> {
            long more = count - before.getOrDefault(name, 0L);
            if (more > 0) {
                reloaded.put(
                        name.replaceFirst("^extension_config_discovery\\.[^.]*\\.", "")
                                .replace(".config_reload", ""),
                        more);
            }
        });
        return reloaded;
    }

    private SortedMap<String, Long> numbers(String filter) {
        Function<String, Long> number = line -> Long.parseLong(line.substring(line.lastIndexOf(' ') + 1));
        SortedMap<String, Long> numbers = new TreeMap<>();
        envoy.admin()
                .orElseThrow()
                .get("/stats?filter=" + filter)
                .lines()
                .forEach(line -> numbers.put(line.substring(0, line.lastIndexOf(':')), number.apply(line)));
        return numbers;
    }

    @Override
    public void close() {
        envoy.close();
    }
}
