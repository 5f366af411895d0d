package io.sallyport.local;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.IntStream;

/**
 * Kills the control plane, as by {@code kill -9}, while clients write, several times over; and looks afterwards whether
 * anything acknowledged is lost, anything is there by half or twice, a number is left out, or the chain of the audit trail
 * is broken. PostgreSQL lives on.
 */
final class WritesTrial {
    private static final int CLIENTS = 8;
    private static final Duration LEAST = Duration.ofMillis(200);
    private static final int MOST_MILLIS_MORE = 1000;

    private final OwnPlane plane;
    private final List<WrittenHistory.Claim> claims = new ArrayList<>();
    private final List<String> findings = new ArrayList<>();
    private int acknowledged;
    private int unanswered;

    private WritesTrial(OwnPlane plane) {
        this.plane = plane;
    }

    /** Returns 1 where there is a finding. */
    static int run(List<String> arguments) {
        Map<String, Long> defaults = new LinkedHashMap<>();
        defaults.put("--kills", 3L);
        int kills = NumberOptions.parse("trial writes", defaults, arguments).count("--kills", 1000);
        try (OwnPlane plane = OwnPlane.start("trial-writes", Map.of("SALLYPORT_RATE_LIMIT_REQUESTS_PER_SECOND", "0"))) {
            return new WritesTrial(plane).run(kills);
        }
    }

    private int run(int kills) {
        for (int round = 0; round < kills; round++) {
            killWhileWriting(round);
        }
        findings.addAll(WrittenHistory.of(plane.api()).faults(claims));
        findings.forEach(Report::say);
        Report.say("kills=%d clients=%d acknowledged=%d unanswered=%d findings=%d"
                .formatted(kills, CLIENTS, acknowledged, unanswered, findings.size()));
        return findings.isEmpty() ? 0 : 1;
    }

    private void killWhileWriting(int round) {
        ApiClient api = plane.api();
        List<KilledWriter> writers = IntStream.range(0, CLIENTS)
                .mapToObj(number -> new KilledWriter(api, "k%d-%d".formatted(round, number)))
                .toList();
        try (var threads = Executors.newFixedThreadPool(CLIENTS)) {
            List<Future<?>> writing = new ArrayList<>();
            writers.forEach(writer -> writing.add(threads.submit(writer::writeUntilNobodyAnswers)));
            while (writers.stream().anyMatch(KilledWriter::isBeforeItsFirst)) {
                Pause.briefly();
            }
            Pause.of(LEAST.plusMillis(ThreadLocalRandom.current().nextInt(MOST_MILLIS_MORE)));
            plane.kill();
        }
        plane.startAgain();
        ApiClient after = plane.api();
        for (KilledWriter writer : writers) {
            acknowledged += writer.acknowledged().size();
            unanswered += writer.unanswered().size();
            findings.addAll(writer.faults(after));
            writer.claims().forEach(claims::add);
        }
    }
}
