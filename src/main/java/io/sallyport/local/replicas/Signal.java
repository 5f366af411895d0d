package io.sallyport.local.replicas;

import java.io.IOException;
import java.io.UncheckedIOException;

/** What a process is sent by {@code kill}. */
enum Signal {
    STOP,
    CONT,
    KILL,
    TERM;

    void to(long process) {
        try {
            new ProcessBuilder("kill", "-" + name(), Long.toString(process))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
