package io.sallyport.rest;

import io.sallyport.domain.Kind;
import io.sallyport.domain.Name;
import io.sallyport.domain.audit.AuditEntry.Outcome;
import io.sallyport.domain.audit.AuditFilter;
import jakarta.ws.rs.QueryParam;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Which events of the audit trail are asked for. */
public class AuditParameters {
    @QueryParam("actor")
    @Nullable
    String actor;

    @QueryParam("namespace")
    @Nullable
    String namespace;

    @QueryParam("kind")
    @Nullable
    String kind;

    @QueryParam("name")
    @Nullable
    String name;

    @QueryParam("outcome")
    @Nullable
    String outcome;

    @QueryParam("since")
    @Nullable
    String since;

    @QueryParam("until")
    @Nullable
    String until;

    AuditFilter filter() {
        return new AuditFilter(
                read(actor, Function.identity()),
                read(namespace, AuditParameters::name).stream().map(Set::of).toList(),
                read(kind, AuditParameters::kind),
                read(name, AuditParameters::name),
                read(outcome, AuditParameters::outcome),
                read(since, text -> time("since", text)),
                read(until, text -> time("until", text)));
    }

    private static <T> List<T> read(@Nullable String text, Function<String, T> parse) {
        return text == null || text.isEmpty() ? List.of() : List.of(parse.apply(text));
    }

    private static Name name(String text) {
        if (!Name.isValid(text)) {
            throw Exchange.malformed("namespace and name are DNS labels.");
        }
        return new Name(text);
    }

    private static Kind kind(String text) {
        return Kind.ofDocumentName(text)
                .orElseThrow(() -> Exchange.malformed("kind is one of %s."
                        .formatted(Arrays.stream(Kind.values())
                                .map(Kind::documentName)
                                .collect(Collectors.joining(", ")))));
    }

    private static Outcome outcome(String text) {
        return switch (text) {
            case "Done" -> Outcome.DONE;
            case "Refused" -> Outcome.REFUSED;
            case "Emergency" -> Outcome.EMERGENCY;
            default -> throw Exchange.malformed("outcome is Done, Refused or Emergency.");
        };
    }

    private static Instant time(String parameter, String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException malformed) {
            throw Exchange.malformed("%s is a time as 2026-11-26T12:00:00Z.".formatted(parameter));
        }
    }
}
