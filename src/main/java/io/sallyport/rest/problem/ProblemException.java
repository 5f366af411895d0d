package io.sallyport.rest.problem;

/** A problem that only HTTP can have: a header, a parameter or a body that cannot be taken. */
public final class ProblemException extends RuntimeException {
    private final transient Problem problem;

    public ProblemException(ProblemType type, String detail) {
        super(detail);
        this.problem = Problem.of(type, detail);
    }

    public Problem problem() {
        return problem;
    }
}
