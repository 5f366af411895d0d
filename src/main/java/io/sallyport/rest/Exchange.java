package io.sallyport.rest;

import io.quarkus.security.identity.SecurityIdentity;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import io.sallyport.domain.audit.AuditEntry.Asked;
import io.sallyport.identity.Caller;
import io.sallyport.identity.oidc.OidcCallers;
import io.sallyport.rest.json.Documents;
import io.sallyport.rest.json.Durations;
import io.sallyport.rest.json.Format;
import io.sallyport.rest.problem.ProblemException;
import io.sallyport.rest.problem.ProblemType;
import io.sallyport.usecase.EmergencyWish;
import io.sallyport.usecase.Precondition;
import io.sallyport.usecase.PreviewWish;
import io.sallyport.usecase.WriteTerms;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What every request brings beside its path: who calls, under which condition, with which words, and a body. */
@RequestScoped
public class Exchange {
    static final String MESSAGE = "Sallyport-Message";
    static final String EMERGENCY = "emergency";
    static final String EMERGENCY_REASON = "Sallyport-Emergency-Reason";
    private static final int LONGEST_MESSAGE = 1024;
    private static final int LONGEST_REASON = 512;
    private static final int LONGEST_OPERATION = 500;

    private final SecurityIdentity identity;
    private final OidcCallers callers;
    private final HttpHeaders headers;
    private final UriInfo uri;
    private final Request request;
    private final RoutingContext routing;
    private List<ResourceKey> subjects = List.of();

    @Inject
    Exchange(
            SecurityIdentity identity,
            OidcCallers callers,
            HttpHeaders headers,
            UriInfo uri,
            Request request,
            RoutingContext routing) {
        this.identity = identity;
        this.callers = callers;
        this.headers = headers;
        this.uri = uri;
        this.request = request;
        this.routing = routing;
    }

    Caller caller() {
        return callers.of(identity).asking(new Asked(requestId(), operation()));
    }

    /** What the answer says this request was, so that it can be found in the audit trail and in logs. */
    String requestId() {
        return RequestIds.of(routing);
    }

    private String operation() {
        String operation = request.getMethod() + " /" + uri.getPath().replaceFirst("^/", "");
        return operation.length() <= LONGEST_OPERATION ? operation : operation.substring(0, LONGEST_OPERATION) + "…";
    }

    /** Remembers what a body is about that is about several resources. */
    void concerns(List<ResourceKey> keys) {
        subjects = List.copyOf(keys);
    }

    /** The resources that a body was found to be about. */
    List<ResourceKey> subjects() {
        return subjects;
    }

    /** When the caller's token ends; never where it does not say. */
    Optional<Instant> expiry() {
        return callers.expiry(identity);
    }

    /** The subtype of the body's media type. */
    String subtype() {
        MediaType type = headers.getMediaType();
        if (type == null) {
            throw new ProblemException(
                    ProblemType.UNSUPPORTED_MEDIA_TYPE,
                    "A body is needed, and Content-Type: application/json or application/yaml with it; of a patch"
                            + " application/merge-patch+json or application/json-patch+json.");
        }
        return type.getSubtype();
    }

    /** Refuses headers that would say under which condition to write, where that cannot be kept: ignored they would lie. */
    void takesNo(String... conditions) {
        for (String condition : conditions) {
            if (headers.getHeaderString(condition) != null) {
                throw malformed("%s is not taken here, for what is written has no such ETag; see docs/writes.md."
                        .formatted(condition));
            }
        }
    }

    /** Refuses words where no history keeps them. */
    void takesNoMessage() {
        takesNoWords(MESSAGE);
    }

    /** Refuses the reason of an emergency where there is nothing that would be done in one. */
    void takesNoEmergency() {
        takesNoWords(EMERGENCY_REASON);
    }

    private void takesNoWords(String header) {
        if (headers.getHeaderString(header) != null) {
            throw malformed("%s is not taken here, for nothing would keep it; see docs/writes.md.".formatted(header));
        }
    }

    /** Whether a write says what it takes for granted. */
    boolean hasPrecondition() {
        return !text(headers.getHeaderString(HttpHeaders.IF_MATCH)).isEmpty();
    }

    /** The caller's words for the history; empty where there are none. */
    String message() {
        String message = headers.getHeaderString(MESSAGE);
        if (message == null) {
            return "";
        }
        if (message.length() > LONGEST_MESSAGE) {
            throw malformed("%s has at most %d characters.".formatted(MESSAGE, LONGEST_MESSAGE));
        }
        return message;
    }

    /** Whether a write is to be told and not done. */
    boolean isDryRun() {
        return asks(Query.DRY_RUN);
    }

    /** How what is tried is to be told; what the write would take besides is to be right all the same. */
    PreviewWish previewWish() {
        String ignored = message();
        boolean inEnvoyWords = switch (query(Query.FORMAT, "neutral")) {
            case "neutral" -> false;
            case "envoy" -> true;
            default -> throw malformed("format is neutral or envoy.");
        };
        return new PreviewWish(inEnvoyWords, asks(Query.TEXT));
    }

    /** Under which terms a write is meant. */
    WriteTerms terms() {
        List<Duration> confirmed = within("confirmWithin");
        List<EmergencyWish> emergency = emergency();
        if (!confirmed.isEmpty() && !emergency.isEmpty()) {
            throw malformed("What is written in an emergency is taken back at its end: leave out confirmWithin.");
        }
        return emergency.stream()
                .map(WriteTerms::inEmergency)
                .findFirst()
                .or(() -> confirmed.stream().map(WriteTerms::confirmedWithin).findFirst())
                .orElse(WriteTerms.NONE);
    }

    private List<EmergencyWish> emergency() {
        List<Duration> within = within(EMERGENCY);
        String reason = text(headers.getHeaderString(EMERGENCY_REASON));
        if (within.isEmpty() != reason.isEmpty()) {
            throw malformed("An emergency needs both: ?%s=1h, which is when it is taken back, and %s, which is why."
                    .formatted(EMERGENCY, EMERGENCY_REASON));
        }
        if (reason.length() > LONGEST_REASON) {
            throw malformed("%s has at most %d characters.".formatted(EMERGENCY_REASON, LONGEST_REASON));
        }
        return within.stream().map(time -> new EmergencyWish(time, reason)).toList();
    }

    private List<Duration> within(String name) {
        String text = query(name, "");
        if (text.isEmpty()) {
            return List.of();
        }
        return List.of(Durations.parse(text)
                .filter(duration ->
                        duration.compareTo(WriteTerms.SHORTEST) >= 0 && duration.compareTo(WriteTerms.LONGEST) <= 0)
                .orElseThrow(() -> malformed("%s is a time from 5s to 168h, such as 10m.".formatted(name))));
    }

    private boolean asks(String name) {
        return switch (query(name, "false")) {
            case "true" -> true;
            case "false" -> false;
            default -> throw malformed("%s is true or false.".formatted(name));
        };
    }

    private String query(String name, String absent) {
        List<String> values = uri.getQueryParameters().getOrDefault(name, List.of());
        return values.isEmpty() ? absent : values.getLast();
    }

    /** The version of a change set that the caller read, by {@code If-Match}; none where he does not say. */
    OptionalLong expectedVersion() {
        String header = text(headers.getHeaderString(HttpHeaders.IF_MATCH));
        if (header.isEmpty() || header.equals("*")) {
            return OptionalLong.empty();
        }
        if (!header.matches("\"[0-9]{1,18}\"")) {
            throw malformed("If-Match is the ETag of the change set, such as \"3\".");
        }
        return OptionalLong.of(Long.parseLong(header.substring(1, header.length() - 1)));
    }

    /** Which ETags, without their quotes, what is written may have, by {@code If-Match}. */
    Predicate<String> allowedTags() {
        return EntityTags.allowed(text(headers.getHeaderString(HttpHeaders.IF_MATCH)));
    }

    Precondition precondition() {
        return EntityTags.precondition(
                text(headers.getHeaderString(HttpHeaders.IF_MATCH)),
                text(headers.getHeaderString(HttpHeaders.IF_NONE_MATCH)));
    }

    /** Whether the reader has it already, by If-None-Match. */
    boolean holds(Revision revision) {
        return EntityTags.includes(text(headers.getHeaderString(HttpHeaders.IF_NONE_MATCH)), revision);
    }

    /** What the body is written in; who sends none, or does not say, is told to. */
    Format format() {
        return Format.ofSubtype(subtype());
    }

    byte[] read(InputStream body) {
        try {
            byte[] bytes = body.readNBytes(Documents.LARGEST_BODY + 1);
            if (bytes.length > Documents.LARGEST_BODY) {
                throw new ProblemException(
                        ProblemType.TOO_LARGE, "A body has at most %d bytes.".formatted(Documents.LARGEST_BODY));
            }
            return bytes;
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    static ProblemException malformed(String detail) {
        return new ProblemException(ProblemType.MALFORMED_REQUEST, detail);
    }

    private static String text(@Nullable String header) {
        return header == null ? "" : header.strip();
    }
}
