package io.sallyport.local.conformance;

/** The server does not do what was claimed. */
final class BrokenClaim extends RuntimeException {
    private static final long serialVersionUID = 1;

    BrokenClaim(String message) {
        super(message);
    }
}
