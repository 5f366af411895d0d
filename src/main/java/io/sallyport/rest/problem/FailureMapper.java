package io.sallyport.rest.problem;

import io.sallyport.domain.Failure;
import io.sallyport.domain.Failure.Busy;
import io.sallyport.domain.Failure.Conflict;
import io.sallyport.domain.Failure.Conflicting;
import io.sallyport.domain.Failure.Forbidden;
import io.sallyport.domain.Failure.Invalid;
import io.sallyport.domain.Failure.KeyReused;
import io.sallyport.domain.Failure.NotFound;
import io.sallyport.domain.Failure.Stale;
import io.sallyport.domain.Failure.Unapproved;
import io.sallyport.domain.Failure.Unauthenticated;
import io.sallyport.domain.Failure.Unavailable;
import io.sallyport.domain.Failure.Unequipped;
import io.sallyport.rest.json.ApprovalJson;
import java.time.Duration;

/** The one place where a failure becomes a problem. */
public final class FailureMapper {
    // Longer than it takes until this replica looks whether its store is back.
    private static final Duration SOON = Duration.ofSeconds(5);

    private FailureMapper() {}

    public static Problem toProblem(Failure failure) {
        return switch (failure) {
            case Unauthenticated(String detail) -> Problem.of(ProblemType.UNAUTHENTICATED, detail);
            case Forbidden(String detail) -> Problem.of(ProblemType.FORBIDDEN, detail);
            case NotFound(String detail) -> Problem.of(ProblemType.NOT_FOUND, detail);
            case Conflict(String detail) -> Problem.of(ProblemType.CONFLICT, detail);
            case Conflicting conflicting ->
                new Problem(ProblemType.CONFLICT, conflicting.detail(), conflicting.places());
            case Unapproved unapproved ->
                new Problem(ProblemType.APPROVAL_REQUIRED, unapproved.detail(), unapproved.risks())
                        .with("approvals", ApprovalJson.standings(unapproved.demands()));
            case Stale(String detail) -> Problem.of(ProblemType.STALE, detail);
            case Invalid invalid ->
                new Problem(
                        ProblemType.INVALID,
                        "Nothing was written: %d violation(s), each with its place in what was sent."
                                .formatted(invalid.violations().size()),
                        invalid.violations());
            case Busy(String detail, var retryAfter) ->
                Problem.of(ProblemType.TOO_MANY_REQUESTS, detail).retryAfter(retryAfter);
            case KeyReused(String detail) -> Problem.of(ProblemType.KEY_REUSED, detail);
            case Unequipped(String detail) -> Problem.of(ProblemType.NO_ENCRYPTION_KEY, detail);
            case Unavailable(String detail) ->
                Problem.of(ProblemType.UNAVAILABLE, detail).retryAfter(SOON);
        };
    }
}
