package io.sallyport.domain;

/**
 * One reason why a write is refused.
 *
 * @param pointer JSON Pointer (RFC 6901) into the document that was sent
 * @param reason a stable word for machines, {@code HostConflict} for example
 * @param message for people: what was wrong, what was expected, and the remedy
 */
public record Violation(String pointer, String reason, String message) {}
