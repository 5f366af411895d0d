package io.sallyport.compiler.cel;

/** What is wrong with a condition, where, and what to do; the message is for its writer. */
final class Fault extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    Fault(int at, String message) {
        super("at character %d: %s".formatted(at + 1, message));
    }
}
