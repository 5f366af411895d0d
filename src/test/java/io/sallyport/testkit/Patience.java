package io.sallyport.testkit;

import java.time.Duration;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** How long every test waits for what must come: so long that no busy machine is taken for a broken program. */
public final class Patience implements BeforeAllCallback {
    /** Of every {@code await()} that names no time of its own. */
    public static final Duration LONG = Duration.ofSeconds(60);

    /** The same for a socket. */
    public static final int MILLIS = Math.toIntExact(LONG.toMillis());

    // A test of the whole program has a class loader, and so an Awaitility, of its own.
    @Override
    public void beforeAll(ExtensionContext context) throws ReflectiveOperationException {
        context.getRequiredTestClass()
                .getClassLoader()
                .loadClass("org.awaitility.Awaitility")
                .getMethod("setDefaultTimeout", Duration.class)
                .invoke(null, LONG);
    }
}
