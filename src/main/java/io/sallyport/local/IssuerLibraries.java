package io.sallyport.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** The class path of the local issuer, resolved apart from ours, since its Netty and Jackson are other lines. */
final class IssuerLibraries {

    private IssuerLibraries() {}

    static String classPath() {
        var folder = Checkout.target().resolve("issuer");
        try {
            Files.createDirectories(folder);
            resolveOnce(folder);
        } catch (IOException e) {
            throw new UncheckedIOException("cannot resolve the local issuer", e);
        }
        return folder.resolve("lib") + "/*";
    }

    /** Test runs and a launcher may share the folder: the lock lets one of them resolve. */
    private static void resolveOnce(Path folder) throws IOException {
        var done = folder.resolve("resolved");
        var pom = Checkout.root().resolve("src/local/issuer/pom.xml");
        try (var channel =
                        FileChannel.open(folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            if (lock.isValid() && isNewer(done, pom)) {
                return;
            }
            resolve(pom, folder);
            Files.writeString(done, "");
        }
    }

    private static boolean isNewer(Path done, Path pom) throws IOException {
        return Files.exists(done) && Files.getLastModifiedTime(done).compareTo(Files.getLastModifiedTime(pom)) >= 0;
    }

    private static void resolve(Path pom, Path folder) throws IOException {
        var log = folder.resolve("resolve.log");
        var process = new ProcessBuilder(
                        Checkout.root().resolve("mvnw").toString(),
                        "-B",
                        "-f",
                        pom.toString(),
                        "-DoutputDirectory=" + folder.resolve("lib"))
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        process.environment().put("JAVA_HOME", System.getProperty("java.home"));
        try {
            if (process.start().waitFor() != 0) {
                throw new IllegalStateException("the local issuer cannot be resolved, see " + log);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while resolving the local issuer", e);
        }
    }
}
