package io.sallyport.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** A line for the user to try, and what its answer must hold. */
record CurlLine(String says, String line, String expected) {

    static boolean canBeTried() {
        return run("curl --version").contains("curl");
    }

    boolean holds() {
        return run(line.replaceFirst("curl", "curl -s -m 5")).contains(expected);
    }

    private static String run(String line) {
        try {
            var process = new ProcessBuilder("sh", "-c", line)
                    .redirectErrorStream(true)
                    .start();
            return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
