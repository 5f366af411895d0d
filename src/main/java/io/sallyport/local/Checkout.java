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

    /** What runs leave behind; git ignores it. */
    static Path state() {
        return root().resolve(".sallyport");
    }

    /** A path as the user wrote it, seen from where he was. */
    static Path asSeenByUser(String path) {
        return Path.of(System.getProperty("sallyport.cwd", ""))
                .toAbsolutePath()
                .resolve(path)
                .normalize();
    }

    static String java() {
        return tool("java");
    }

    /** A program of the JDK that runs us. */
    static String tool(String name) {
        return Path.of(System.getProperty("java.home"), "bin", name).toString();
    }
}
