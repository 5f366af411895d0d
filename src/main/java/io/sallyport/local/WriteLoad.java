package io.sallyport.local;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;

/** Clients that write as fast as they are answered, each a rule of its own. */
record WriteLoad(ApiClient api, BenchDocuments documents) {

    /** How many writes were answered, which each made a revision. */
    long during(int clients, Duration time) {
        long end = System.nanoTime() + time.toNanos();
        try (var threads = Executors.newFixedThreadPool(clients)) {
            List<Future<Long>> writing = IntStream.range(0, clients)
                    .mapToObj(client -> threads.submit(() -> until(end, client)))
                    .toList();
            return writing.stream().mapToLong(WriteLoad::result).sum();
        }
    }

    private long until(long end, int rule) {
        long count = 0;
        while (System.nanoTime() < end) {
            write(rule, count % 2 == 0 ? "Deny" : "Allow");
            count++;
        }
        // As it was, so that the next write of it changes something.
        write(rule, "Allow");
        return count;
    }

    /** Makes a revision where the rule did something else before. */
    void write(int rule, String action) {
        var _ = api.put(
                "/api/v1/namespaces/%s/egress-rules/caller-%d".formatted(documents.namespace(), rule),
                documents.callerRule(rule, action));
    }

    private static long result(Future<Long> writing) {
        try {
            return writing.get();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        } catch (ExecutionException failed) {
            throw new IllegalStateException(failed.getCause());
        }
    }
}
