package io.sallyport.local.conformance;

/** The claim cannot be tried with this server. */
final class NotSupported extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotSupported(String message) {
        super(message);
    }
}
