package io.sallyport.local;

import java.nio.file.Path;

/** Where things are in the checkout that the program is run from. */
final class Checkout {

    private Checkout() {}

    static Path root() {
        return Path.of(System.getProperty("sallyport.home", "")).toAbsolutePath();
    }

    static Path target() {
        return root().resolve("target");
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
