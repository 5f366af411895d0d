package io.sallyport.local;

import io.sallyport.compiler.envoy.EnvoyConfigView;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/**
 * What policy costs a real Envoy: one changed rule on the wire, in CPU and in time, and CPU added to each request; with a
 * hundred rules and with many, in our tables and in one list. What is added is against {@link PlainConfiguration}, which
 * takes turns with it.
 */
final class BenchPolicy {
    private static final int FEW_BUCKETS = 64;
    // A list of many rules takes milliseconds for each request.
    private static final int LIST_IS_SLOWER = 10;

    private final BenchPolicyOptions options;
    private final EnvoyBinary binary;
    private final Path folder = newFolder();
    private final BenchUpstream upstream;
    private final List<String> notes = new ArrayList<>();

    private BenchPolicy(BenchPolicyOptions options, EnvoyBinary binary, BenchUpstream upstream) {
        this.options = options;
        this.binary = binary;
        this.upstream = upstream;
    }

    /** Against a control plane of its own. */
    static int run(List<String> arguments) {
        BenchPolicyOptions options = BenchPolicyOptions.parse(arguments);
        EnvoyBinary binary = EnvoyBinary.findOrInstall()
                .orElseThrow(() -> new CommandException("bench policy needs an Envoy; see the README"));
        try (Everything own = new Everything(
                        UpOptions.controlPlaneOnFreePorts(Checkout.state().resolve("bench")));
                BenchUpstream upstream = new BenchUpstream()) {
            Runtime.getRuntime().addShutdownHook(new Thread(own::close, "stop"));
            own.start();
            new BenchPolicy(options, binary, upstream).measure();
            return 0;
        }
    }

    private void measure() {
        Report.say("./sallyport bench policy %s%n%n%s".formatted(options, PolicyFigures.HEAD));
        Stream.of(options.small(), options).distinct().forEach(this::measure);
        Report.say("");
        notes.forEach(Report::say);
    }

    private void measure(BenchPolicyOptions size) {
        ApiClient api = new ApiClient(EnvironmentFile.url(), TokenVerb.token("admin"));
        BenchDocuments documents = new BenchDocuments(
                "bench-" + size.rules() + "-" + Long.toString(System.nanoTime(), 36),
                namespaces(api),
                size.hosts(),
                size.buckets(),
                Ports.free(),
                upstream.port());
        BenchCompilation compilation = new BenchCompilation(documents);
        Map<String, Object> gateway = EnvoyConfigView.of(compilation.newest());
        PlainConfiguration plain = PlainConfiguration.of(gateway, Ports.free());
        documents.parts().forEach(api::apply);
        try (ReportSink sink = new ReportSink();
                EnvoyProcess bare = BareEnvoy.start(binary, folder("plain", size, 0), plain);
                PolicyMeter base = new PolicyMeter(bare, plain.port(), documents, options.seed())) {
            PlainConfiguration reporting = plain.at(Ports.free()).reporting(gateway, sink.port());
            try (EnvoyProcess reporter = BareEnvoy.start(binary, folder("reporting", size, 0), reporting);
                    PolicyMeter reports = new PolicyMeter(reporter, reporting.port(), documents, options.seed())) {
                IntStream.of(FEW_BUCKETS, size.buckets())
                        .distinct()
                        .forEach(buckets -> tables(size, documents.inBuckets(buckets), api, List.of(base, reports)));
                notes.add(
                        "reports that came from %d rules without policy: %d".formatted(2 * size.hosts(), sink.count()));
                notes.add("an idle second without policy: %.1f ms of CPU".formatted(reports.millisIdle()));
            }
            list(size, documents, plain.at(Ports.free()), base);
        }
        notes.add(compilation.oneChangedRule(documents));
    }

    private void tables(BenchPolicyOptions size, BenchDocuments documents, ApiClient api, List<PolicyMeter> others) {
        api.apply(documents.gatewayDocument());
        try (BenchGateway gateway =
                        BenchGateway.start(api, documents, binary, folder("tables", size, documents.buckets()));
                PolicyMeter meter =
                        new PolicyMeter(gateway.envoy(), documents.listenerPort(), documents, options.seed())) {
            List<RequestCost> requests = RequestCost.of(with(others, meter), size.requests());
            notes.add("an idle second of a gateway: %.1f ms of CPU".formatted(meter.millisIdle()));
            List<Duration> effects = meter.timesToEffect(size.rounds(), gateway::deny, gateway::allow);
            double millis = meter.millisPerChange(size.rounds(), gateway::deny, gateway::allow);
            long bytes = gateway.bytesOfOne(size.rounds(), gateway::deny, gateway::allow);
            Report.say(new PolicyFigures(
                            documents, "%d buckets".formatted(documents.buckets()), bytes, millis, effects, requests)
                    .row());
            notes.add("a relabelled workload of %d, %d buckets: %d bytes, taken anew: %s"
                    .formatted(
                            documents.hosts(),
                            documents.buckets(),
                            gateway.bytesOf(() -> gateway.relabel(0, "other")),
                            gateway.reloadedBy(() -> gateway.relabel(0, "w0"))));
        }
    }

    private static List<PolicyMeter> with(List<PolicyMeter> others, PolicyMeter meter) {
        return Stream.concat(others.stream(), Stream.of(meter)).toList();
    }

    private void list(BenchPolicyOptions size, BenchDocuments documents, PlainConfiguration plain, PolicyMeter base) {
        Path own = folder("list", size, 0);
        RuleListFile list = new RuleListFile(own.resolve("rules.pb"), documents);
        AtomicInteger version = new AtomicInteger();
        int bytes = list.write(version.incrementAndGet(), -1);
        try (EnvoyProcess envoy = BareEnvoy.start(binary, own, plain.asking(list.file()));
                PolicyMeter meter = new PolicyMeter(envoy, plain.port(), documents, options.seed())) {
            List<RequestCost> requests = RequestCost.of(List.of(base, meter), size.requests() / LIST_IS_SLOWER);
            List<Duration> effects = meter.timesToEffect(
                    size.rounds(),
                    host -> list.write(version.incrementAndGet(), host),
                    host -> list.write(version.incrementAndGet(), -1));
            double millis = meter.millisPerChange(
                    size.rounds(),
                    host -> list.write(version.incrementAndGet(), host),
                    host -> list.write(version.incrementAndGet(), -1));
            Report.say(new PolicyFigures(documents, "one list", bytes, millis, effects, requests).row());
        }
    }

    // Those of earlier runs are still there, and identities of two namespaces never overlap.
    private static int namespaces(ApiClient api) {
        return (int)
                StreamSupport.stream(api.get("/api/v1/namespaces").path("items").spliterator(), false)
                        .filter(one -> one.at("/metadata/name").asText().startsWith("bench-"))
                        .count();
    }

    private Path folder(String what, BenchPolicyOptions size, int buckets) {
        try {
            return Files.createDirectories(folder.resolve("%s-%d-%d".formatted(what, size.rules(), buckets)));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** Where an Envoy can put its sockets, whose paths are to be short. */
    static Path newFolder() {
        try {
            return Files.createTempDirectory("sallyport-bench");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
