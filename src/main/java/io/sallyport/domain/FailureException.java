package io.sallyport.domain;

import java.util.List;

/** Carries a {@link Failure} to the edge that tells the caller. */
public final class FailureException extends RuntimeException {
    private final transient Failure failure;

    public FailureException(Failure failure) {
        super(failure.toString());
        this.failure = failure;
    }

    public static FailureException invalid(List<Violation> violations) {
        return new FailureException(new Failure.Invalid(violations));
    }

    public Failure failure() {
        return failure;
    }
}
