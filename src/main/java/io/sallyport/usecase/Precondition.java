package io.sallyport.usecase;

import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Resource;
import io.sallyport.domain.Revision;
import java.util.Optional;
import java.util.Set;

/** What a caller takes for granted of a resource that is to be written (RFC 9110, section 13.1). */
public sealed interface Precondition {
    /** Nothing. */
    record None() implements Precondition {}

    /** It is there. */
    record Exists() implements Precondition {}

    /** It is there, at one of these revisions. */
    record AtRevision(Set<Revision> revisions) implements Precondition {
        public AtRevision {
            revisions = Set.copyOf(revisions);
        }
    }

    /** It is not there yet. */
    record Absent() implements Precondition {}

    /** Throws {@code Stale} where it does not hold. */
    default void check(Optional<Resource<?>> stored) {
        boolean holds = switch (this) {
            case None none -> true;
            case Exists exists -> stored.isPresent();
            case AtRevision at ->
                stored.map(resource -> resource.metadata().revision())
                        .filter(at.revisions()::contains)
                        .isPresent();
            case Absent absent -> stored.isEmpty();
        };
        if (!holds) {
            throw new FailureException(new Failure.Stale(stored.map(Precondition::found)
                    .orElse("There is no such resource; write without If-Match to create it.")));
        }
    }

    private static String found(Resource<?> resource) {
        return "%s is at revision %s; read it again, and write with its ETag in If-Match."
                .formatted(resource.key(), resource.metadata().revision());
    }
}
