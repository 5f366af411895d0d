package io.sallyport.compiler;

import io.sallyport.domain.ResourceKey;

/**
 * Something to be said of a resource in view of all others.
 *
 * @param pointer JSON Pointer (RFC 6901) into the resource's document, {@code /spec/hosts/0} for example
 * @param reason a stable word for machines, {@code HostConflict} for example
 * @param message for people: what stands against what, and the remedy
 */
public record Finding(Severity severity, ResourceKey subject, String pointer, String reason, String message) {
    /** Whether the write is refused. */
    public enum Severity {
        ERROR,
        WARNING
    }
}
