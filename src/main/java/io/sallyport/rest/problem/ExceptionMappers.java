package io.sallyport.rest.problem;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import io.sallyport.domain.FailureException;
import io.sallyport.rest.json.MalformedDocumentException;
import jakarta.ws.rs.NotFoundException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.util.Arrays;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/** What is thrown, as problems; nothing of our inside is told. */
final class ExceptionMappers {
    private static final Logger LOG = Logger.getLogger(ExceptionMappers.class);

    @ServerExceptionMapper
    Response ours(FailureException failed) {
        return FailureMapper.toProblem(failed.failure()).toResponse();
    }

    @ServerExceptionMapper
    Response problem(ProblemException failed) {
        return failed.problem().toResponse();
    }

    @ServerExceptionMapper
    Response malformed(MalformedDocumentException malformed) {
        return Problem.of(ProblemType.MALFORMED_REQUEST, String.valueOf(malformed.getMessage()))
                .toResponse();
    }

    @ServerExceptionMapper
    Response missingToken(UnauthorizedException unauthorized) {
        return Problem.of(
                        ProblemType.UNAUTHENTICATED,
                        "Send a token of the configured issuer as Authorization: Bearer TOKEN.")
                .toResponse();
    }

    @ServerExceptionMapper
    Response badToken(AuthenticationFailedException failed) {
        return Problem.of(
                        ProblemType.UNAUTHENTICATED,
                        "The bearer token did not verify: it must be a current one of the configured issuer, meant for"
                                + " this audience. Fetch a new one.")
                .toResponse();
    }

    @ServerExceptionMapper
    Response forbidden(ForbiddenException forbidden) {
        return Problem.of(ProblemType.FORBIDDEN, "The caller may not do this.").toResponse();
    }

    @ServerExceptionMapper
    Response unknownPath(NotFoundException missing, UriInfo uri) {
        return Problem.of(ProblemType.NOT_FOUND, "There is nothing at %s.".formatted(uri.getPath()))
                .toResponse();
    }

    @ServerExceptionMapper
    Response framework(WebApplicationException failed) {
        int status = failed.getResponse().getStatus();
        return Arrays.stream(ProblemType.values())
                .filter(type -> type.status() == status)
                .findFirst()
                .map(type -> Problem.of(type, detail(type)))
                .orElseGet(() -> ofStatus(status, failed))
                .toResponse();
    }

    @ServerExceptionMapper
    Response unexpected(RuntimeException unexpected) {
        return internal(unexpected).toResponse();
    }

    private static String detail(ProblemType type) {
        return type == ProblemType.UNSUPPORTED_MEDIA_TYPE
                ? "Send the body as the contract says: with Content-Type: application/json or application/yaml, a patch with"
                        + " application/merge-patch+json or application/json-patch+json."
                : type.title() + ".";
    }

    private static Problem ofStatus(int status, WebApplicationException failed) {
        return status < Response.Status.INTERNAL_SERVER_ERROR.getStatusCode()
                ? Problem.of(ProblemType.MALFORMED_REQUEST, "The request cannot be served.")
                : internal(failed);
    }

    private static Problem internal(RuntimeException unexpected) {
        LOG.error("a request failed unexpectedly", unexpected);
        return Problem.of(ProblemType.INTERNAL, "The operator finds the cause in the log.");
    }
}
