package io.sallyport.local;

import io.sallyport.usecase.WriteClock.Phase;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * How many durable writes a second the API takes, beside what PostgreSQL itself takes of the same transaction; and how
 * long one changed rule takes, by phase, among few rules and among many.
 */
final class BenchWrites {
    private static final List<Integer> CLIENTS = List.of(1, 8, 32);
    private static final int WARM_UP_ROUNDS = 20;
    private static final int BUCKETS = 512;

    private final BenchWritesOptions options;
    private final OwnPlane plane;
    private final ApiClient api;

    private BenchWrites(BenchWritesOptions options, OwnPlane plane) {
        this.options = options;
        this.plane = plane;
        api = plane.api();
    }

    /** Against a control plane of its own. */
    static int run(List<String> arguments) {
        BenchWritesOptions options = BenchWritesOptions.parse(arguments);
        Path pgbench = PgBench.program();
        try (OwnPlane plane = OwnPlane.start("bench-writes", Map.of("SALLYPORT_RATE_LIMIT_REQUESTS_PER_SECOND", "0"))) {
            new BenchWrites(options, plane).measure(pgbench);
            return 0;
        }
    }

    private void measure(Path pgbench) {
        Report.say("./sallyport bench writes %s%n".formatted(options));
        BenchDocuments small = documents(0, options.sizes().getFirst());
        applied(small);
        rates(small, PgBench.of(pgbench, plane.postgres(), small, plane.folder()));
        Report.say("%n%s".formatted(WriteTimes.HEAD));
        for (int part = 0; part < options.sizes().size(); part++) {
            BenchDocuments documents = documents(part, options.sizes().get(part));
            if (part > 0) {
                applied(documents);
            }
            Report.say(times(documents, "none").row());
            api.apply(guardrail(documents));
            Report.say(times(documents, "one").row());
            api.deleteIfThere("/api/v1/namespaces/%s/guardrails/never-from-there".formatted(documents.namespace()));
        }
    }

    private static BenchDocuments documents(int part, int rules) {
        return new BenchDocuments("rules-" + rules, part, rules / 2, BUCKETS, Ports.free(), Ports.free());
    }

    private void applied(BenchDocuments documents) {
        long start = System.nanoTime();
        documents.parts().forEach(api::apply);
        Report.say("%d rules applied in %d s"
                .formatted(2 * documents.hosts(), (System.nanoTime() - start) / 1_000_000_000));
    }

    private void rates(BenchDocuments documents, PgBench pgbench) {
        WriteLoad load = new WriteLoad(api, documents);
        var _ = load.during(CLIENTS.getLast(), options.time());
        Report.say(WriteRate.HEAD);
        for (int clients : CLIENTS) {
            ProcessClock own = new ProcessClock(plane.pid());
            PostgresClock database = PostgresClock.of(plane.folder().resolve("postgres"));
            Duration ownBefore = own.cpuTime();
            Duration databaseBefore = database.cpuTime();
            long start = System.nanoTime();
            long writes = load.during(clients, options.time());
            double seconds = (System.nanoTime() - start) / 1e9;
            Duration ownTime = own.cpuTime().minus(ownBefore);
            Duration databaseTime = database.cpuTime().minus(databaseBefore);
            double theirs = pgbench.rate(clients, options.time());
            Duration theirTime = database.cpuTime().minus(databaseBefore).minus(databaseTime);
            Report.say(new WriteRate(
                            clients,
                            writes / seconds,
                            theirs,
                            millis(ownTime) / writes,
                            millis(databaseTime) / writes,
                            millis(theirTime) / (theirs * options.seconds()))
                    .row());
        }
    }

    private static double millis(Duration time) {
        return time.toNanos() / 1e6;
    }

    private WriteTimes times(BenchDocuments documents, String guardrails) {
        WriteLoad load = new WriteLoad(api, documents);
        List<Duration> whole = new ArrayList<>();
        Map<Phase, List<Duration>> phases = new EnumMap<>(Phase.class);
        for (int round = 0; round < WARM_UP_ROUNDS + options.rounds(); round++) {
            int rule = round / 2 % documents.hosts();
            WritePhases before = WritePhases.of(api);
            long start = System.nanoTime();
            load.write(rule, round % 2 == 0 ? "Deny" : "Allow");
            Duration time = Duration.ofNanos(System.nanoTime() - start);
            WritePhases passed = WritePhases.of(api).since(before);
            if (round >= WARM_UP_ROUNDS) {
                whole.add(time);
                for (Phase phase : Phase.values()) {
                    phases.computeIfAbsent(phase, unseen -> new ArrayList<>()).add(passed.of(phase));
                }
            }
        }
        return new WriteTimes(2 * documents.hosts(), guardrails, whole, phases);
    }

    // Of every host, so that each write is tried; of addresses that no rule speaks of, so that none is refused.
    private static String guardrail(BenchDocuments documents) {
        return """
                apiVersion: sallyport.io/v1
                kind: Guardrail
                metadata: {namespace: %s, name: never-from-there}
                spec:
                  assert: Never
                  flows: {from: [{ipBlocks: [203.0.113.0/24]}], to: [{hosts: ["*.example"]}]}
                """.formatted(documents.namespace());
    }
}
