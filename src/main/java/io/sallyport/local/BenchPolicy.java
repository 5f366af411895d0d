package io.sallyport.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * What policy costs a real Envoy: one changed rule on the wire, in CPU and in time, and CPU added to each request; with a
 * hundred rules and with many, in our tables and in one list.
 */
final class BenchPolicy {
    private final BenchPolicyOptions options;
    private final EnvoyBinary binary;
    private final Path folder;
    private final BenchUpstream upstream;

    private BenchPolicy(BenchPolicyOptions options, EnvoyBinary binary, Path folder, BenchUpstream upstream) {
        this.options = options;
        this.binary = binary;
        this.folder = folder;
        this.upstream = upstream;
    }

    /** Against a control plane of its own. */
    static int run(List<String> arguments) {
        BenchPolicyOptions options = BenchPolicyOptions.parse(arguments);
        EnvoyBinary binary = EnvoyBinary.findOrInstall()
                .orElseThrow(() -> new CommandException("bench policy needs an Envoy; see the README"));
        Path folder = newFolder();
        try (Everything own = new Everything(
                        UpOptions.controlPlaneOnFreePorts(Checkout.state().resolve("bench")));
                BenchUpstream upstream = new BenchUpstream()) {
            Runtime.getRuntime().addShutdownHook(new Thread(own::close, "stop"));
            own.start();
            new BenchPolicy(options, binary, folder, upstream).measure();
            return 0;
        }
    }

    private void measure() {
        BenchPolicyOptions small = options.small();
        say("./sallyport bench policy %s".formatted(options));
        tables(small);
        list(small);
        tables(options);
        list(options);
    }

    private void tables(BenchPolicyOptions size) {
        BenchDocuments documents = new BenchDocuments(
                "bench-" + size.rules() + "-" + Long.toString(System.nanoTime(), 36),
                size.rules() == options.rules() ? 1 : 0,
                size.hosts(),
                size.buckets(),
                Ports.free(),
                upstream.port());
        ApiClient api = new ApiClient(EnvironmentFile.url(), TokenVerb.token("admin"));
        double base = base(documents, size);
        try (BenchGateway gateway =
                        BenchGateway.start(api, documents, binary, folder.resolve("tables-" + size.rules()));
                PolicyMeter meter = meter(gateway.envoy(), documents.listenerPort(), documents)) {
            double micros = meter.microsPerRequest(size.requests());
            List<Duration> effects = meter.timesToEffect(size.rounds(), gateway::deny, gateway::allow);
            double millis = meter.millisPerChange(size.rounds(), gateway::deny, gateway::allow);
            long bytes = gateway.bytesOf(() -> gateway.deny(0));
            say(
                    "tables, %d rules, %d hosts, %d identities, %d buckets: one changed rule: %d bytes on the wire, Envoy CPU %.1f ms, commit answered to effect %s | a request: %.1f us of Envoy CPU, %.1f us more than without policy"
                            .formatted(
                                    size.rules(),
                                    size.hosts(),
                                    size.hosts() + 1,
                                    size.buckets(),
                                    bytes,
                                    millis,
                                    Percentiles.of(effects),
                                    micros,
                                    micros - base));
            say("        a relabelled workload: %d bytes, taken anew: %s"
                    .formatted(
                            gateway.bytesOf(() -> gateway.relabel(0, "other")),
                            gateway.reloadedBy(() -> gateway.relabel(0, "w0"))));
        }
    }

    private double base(BenchDocuments documents, BenchPolicyOptions size) {
        int port = Ports.free();
        try (EnvoyProcess bare =
                        BareEnvoy.start(binary, folder.resolve("base-" + size.rules()), documents, port, List.of());
                PolicyMeter meter = meter(bare, port, documents)) {
            return meter.microsPerRequest(size.requests());
        }
    }

    private void list(BenchPolicyOptions size) {
        int port = Ports.free();
        Path own = folder.resolve("list-" + size.rules());
        BenchDocuments documents = new BenchDocuments("list", 0, size.hosts(), 1, port, upstream.port());
        RuleListFile list = new RuleListFile(created(own).resolve("rules.pb"), documents);
        AtomicInteger version = new AtomicInteger();
        int bytes = list.write(version.incrementAndGet(), -1);
        try (EnvoyProcess envoy = BareEnvoy.start(binary, own, documents, port, List.of(list.file()));
                PolicyMeter meter = meter(envoy, port, documents)) {
            int requests = Math.max(1, size.requests() / 10);
            double micros = meter.microsPerRequest(requests);
            List<Duration> effects = meter.timesToEffect(
                    size.rounds(),
                    host -> list.write(version.incrementAndGet(), host),
                    host -> list.write(version.incrementAndGet(), -1));
            double millis = meter.millisPerChange(
                    size.rounds(),
                    host -> list.write(version.incrementAndGet(), host),
                    host -> list.write(version.incrementAndGet(), -1));
            say(
                    "one list, %d rules: one changed rule: %d bytes, Envoy CPU %.1f ms, file in place to effect %s | a request: %.1f us of Envoy CPU"
                            .formatted(size.rules(), bytes, millis, Percentiles.of(effects), micros));
        }
    }

    private PolicyMeter meter(EnvoyProcess envoy, int port, BenchDocuments documents) {
        return new PolicyMeter(envoy, port, documents, options.seed());
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("sallyport-bench");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Path created(Path folder) {
        try {
            return Files.createDirectories(folder);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @SuppressWarnings("SystemOut")
    private static void say(String line) {
        System.out.println(line);
    }
}
