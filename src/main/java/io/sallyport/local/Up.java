package io.sallyport.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/** Runs everything on this machine until it is told to stop. */
final class Up {

    private Up() {}

    @SuppressWarnings("SystemOut")
    static int run(UpOptions options) {
        var state = Checkout.state();
        try {
            Files.createDirectories(state);
            // The lock goes when its holder dies, however it dies: nobody has to clean it up.
            try (var channel = FileChannel.open(
                            state.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                    var lock = channel.tryLock()) {
                if (lock == null) {
                    System.out.println("Sallyport is up already. End it by ./sallyport down.");
                    return 0;
                }
                return runAlone(options);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static int runAlone(UpOptions options) {
        Down.stop();
        PortCheck.check(options);
        var everything = new Everything(options);
        Runtime.getRuntime().addShutdownHook(new Thread(everything::close, "stop"));
        everything.start();
        return everything.awaitEnd();
    }
}
