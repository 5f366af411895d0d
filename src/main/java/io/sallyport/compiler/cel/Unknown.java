package io.sallyport.compiler.cel;

/** What is asked for is not there, or is of another kind. */
final class Unknown extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Unknown() {
        super("this cannot be told", null, false, false);
    }
}
