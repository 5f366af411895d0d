package io.sallyport.domain;

import io.sallyport.domain.approval.DemandStanding;
import java.time.Duration;
import java.util.List;

/** Why something asked for was not done, where the cause lies with the caller or was to be expected. */
public sealed interface Failure {
    /** The caller is not who he must be: no identity, or one that did not verify. */
    record Unauthenticated(String detail) implements Failure {}

    /** The caller is known, and lacks the right that the detail names. */
    record Forbidden(String detail) implements Failure {}

    /** There is no such thing. */
    record NotFound(String detail) implements Failure {}

    /** What is stored stands against it, a reference to what is to be deleted for example. */
    record Conflict(String detail) implements Failure {}

    /** What somebody else wrote since stands against it; every place is listed. */
    record Conflicting(String detail, List<Violation> places) implements Failure {
        public Conflicting {
            places = List.copyOf(places);
        }
    }

    /** Others must give their word first; every risk is listed, and how far each policy's demand is met. */
    record Unapproved(String detail, List<Violation> risks, List<DemandStanding> demands) implements Failure {
        public Unapproved {
            risks = List.copyOf(risks);
            demands = List.copyOf(demands);
        }
    }

    /** The caller acted on another revision than the current one (RFC 9110, section 13). */
    record Stale(String detail) implements Failure {}

    /** What was sent is wrong; every violation is listed. */
    record Invalid(List<Violation> violations) implements Failure {
        public Invalid {
            violations = List.copyOf(violations);
        }
    }

    /** The caller asks for too much at once; after that time he may ask again. */
    record Busy(String detail, Duration retryAfter) implements Failure {}

    /** What the caller gave this write to be known again by was used for another one. */
    record KeyReused(String detail) implements Failure {}

    /** The program was started without something that this needs; nothing was written. */
    record Unequipped(String detail) implements Failure {}

    /** The store cannot be reached; nothing was written. */
    record Unavailable(String detail) implements Failure {}
}
