package io.sallyport.push;

import io.grpc.Status;
import io.sallyport.domain.Failure;
import io.sallyport.domain.Violation;
import java.util.List;
import java.util.stream.Collectors;

/** The one place where a failure becomes a gRPC status. */
public final class FailureStatus {
    private FailureStatus() {}

    public static Status of(Failure failure) {
        return switch (failure) {
            case Failure.Unauthenticated(String detail) -> Status.UNAUTHENTICATED.withDescription(detail);
            case Failure.Forbidden(String detail) -> Status.PERMISSION_DENIED.withDescription(detail);
            case Failure.NotFound(String detail) -> Status.NOT_FOUND.withDescription(detail);
            case Failure.Conflict(String detail) -> Status.ABORTED.withDescription(detail);
            case Failure.Conflicting conflicting -> Status.ABORTED.withDescription(conflicting.detail());
            case Failure.Unapproved unapproved -> Status.ABORTED.withDescription(unapproved.detail());
            case Failure.Stale(String detail) -> Status.FAILED_PRECONDITION.withDescription(detail);
            case Failure.Invalid(List<Violation> violations) ->
                Status.INVALID_ARGUMENT.withDescription(text(violations));
            case Failure.Busy(String detail, var ignored) -> Status.RESOURCE_EXHAUSTED.withDescription(detail);
            case Failure.KeyReused(String detail) -> Status.ALREADY_EXISTS.withDescription(detail);
            case Failure.Unequipped(String detail) -> Status.FAILED_PRECONDITION.withDescription(detail);
            case Failure.Unavailable(String detail) -> Status.UNAVAILABLE.withDescription(detail);
        };
    }

    private static String text(List<Violation> violations) {
        return violations.stream()
                .map(violation -> violation.pointer() + ": " + violation.message())
                .collect(Collectors.joining("; "));
    }
}
