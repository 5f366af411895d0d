package io.sallyport.local;

import java.time.Duration;
import java.time.Instant;
import java.util.function.BooleanSupplier;

/** Waits for what a process promised, as long as that process lives. */
final class Await {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private Await() {}

    static void that(String what, ChildProcess process, BooleanSupplier holds) {
        var deadline = Instant.now().plus(PATIENCE);
        while (!holds.getAsBoolean()) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                throw new CommandException("Waited in vain for " + what + ". It said:\n" + end(process.output()));
            }
            Pause.briefly();
        }
    }

    private static String end(String output) {
        return output.substring(Math.max(0, output.length() - 4000));
    }
}
