package io.sallyport.rest.problem;

import java.net.URI;

/** The kinds of problem. A type never changes its URI, title or status; docs/problems.md explains each. */
public enum ProblemType {
    MALFORMED_REQUEST("malformed-request", 400, "The request cannot be read"),
    UNAUTHENTICATED("unauthenticated", 401, "A valid bearer token is needed"),
    FORBIDDEN("forbidden", 403, "The caller lacks a role"),
    NOT_FOUND("not-found", 404, "There is no such thing"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "The method does not exist here"),
    NOT_ACCEPTABLE("not-acceptable", 406, "No representation is acceptable"),
    CONFLICT("conflict", 409, "What is stored stands against it"),
    APPROVAL_REQUIRED("approval-required", 409, "Others must approve it first"),
    STALE("stale", 412, "The resource is not as expected"),
    TOO_LARGE("too-large", 413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "The media type is not supported"),
    INVALID("invalid", 422, "The content is invalid"),
    KEY_REUSED("idempotency-key-reused", 422, "The idempotency key was used for another request"),
    TOO_MANY_REQUESTS("too-many-requests", 429, "The caller asks too often"),
    INTERNAL("internal", 500, "Something went wrong on our side"),
    NO_ENCRYPTION_KEY("no-encryption-key", 503, "Credentials cannot be stored"),
    UNAVAILABLE("unavailable", 503, "The store cannot be reached");

    public static final String MEDIA_TYPE = "application/problem+json";
    private static final String PREFIX = "https://sallyport.io/problems/";

    private final String word;
    private final int status;
    private final String title;

    ProblemType(String word, int status, String title) {
        this.word = word;
        this.status = status;
        this.title = title;
    }

    public URI uri() {
        return URI.create(PREFIX + word);
    }

    public int status() {
        return status;
    }

    public String title() {
        return title;
    }
}
