package io.sallyport.rest;

import io.sallyport.domain.Kind;
import io.sallyport.domain.Name;
import io.sallyport.domain.Revision;
import io.sallyport.rest.json.Projection;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.UriInfo;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The query of a request. A parameter that is not known, or is there twice, is refused: ignored it would lie. */
@RequestScoped
public class Query {
    static final String LIMIT = "limit";
    static final String CONTINUE = "continue";
    static final String REVISION = "revision";
    static final String FIELDS = "fields";
    static final String LABEL_SELECTOR = "labelSelector";
    static final String FIELD_SELECTOR = "fieldSelector";
    static final String KIND = "kind";
    static final String NAMESPACE = "namespace";

    static final String PRUNE = "prune";
    static final String DRY_RUN = "dryRun";
    static final String FORMAT = "format";
    static final String TEXT = "text";
    static final List<String> OF_WRITES = List.of(DRY_RUN, FORMAT, TEXT, "confirmWithin", Exchange.EMERGENCY);

    private static final int LONGEST = 2048;

    private final UriInfo uri;
    private boolean wantsPart;

    @Inject
    Query(UriInfo uri) {
        this.uri = uri;
    }

    /** Of a write: what every write takes, and what this one takes besides. */
    void takesOfWrite(String... more) {
        takes(Stream.concat(OF_WRITES.stream(), Stream.of(more)).toArray(String[]::new));
        refusePreviewOfWhatIsDone();
    }

    /** Refuses all other parameters. */
    void takes(String... known) {
        known(List.of(known), List.of());
    }

    /** The same, where one may be there several times. */
    void takesSeveral(String several, String... once) {
        known(Stream.concat(Stream.of(once), Stream.of(several)).toList(), List.of(several));
    }

    /** The same of an apply, which may say several namespaces. */
    void takesOfApply() {
        known(Stream.concat(OF_WRITES.stream(), Stream.of(PRUNE, NAMESPACE)).toList(), List.of(NAMESPACE));
        refusePreviewOfWhatIsDone();
    }

    // Who says how to show it believes that it is shown and not done. Swagger UI sends the defaults.
    private void refusePreviewOfWhatIsDone() {
        boolean isUsual = text(FORMAT).stream().allMatch("neutral"::equals)
                && text(TEXT).stream().allMatch("false"::equals);
        if (!isUsual && !text(DRY_RUN).contains("true")) {
            throw Exchange.malformed(
                    "format and text say how a dry run is told: send dryRun=true with them. Nothing was written.");
        }
    }

    private void known(List<String> names, List<String> several) {
        uri.getQueryParameters().forEach((name, values) -> {
            if (!names.contains(name)) {
                throw Exchange.malformed("There is no query parameter '%s' here; %s."
                        .formatted(
                                shortened(name),
                                names.isEmpty() ? "none is taken" : "known are " + String.join(", ", names)));
            }
            if (values.size() > 1 && !several.contains(name)) {
                throw Exchange.malformed(
                        "The query parameter %s is there %d times; send it once.".formatted(name, values.size()));
            }
            // No text in the database has it.
            if (values.stream().anyMatch(value -> value.indexOf(0) >= 0)) {
                throw Exchange.malformed("The query parameter %s has the character U+0000.".formatted(name));
            }
            if (values.stream().anyMatch(value -> value.length() > LONGEST)) {
                throw Exchange.malformed("The query parameter %s has at most %d characters.".formatted(name, LONGEST));
            }
        });
    }

    /** Its text, or none where it is absent. */
    List<String> text(String name) {
        List<String> values = uri.getQueryParameters().get(name);
        return values == null ? List.of() : List.of(values.getFirst());
    }

    int limit() {
        return Parameters.limit(text(LIMIT).stream().findFirst().orElse(null));
    }

    List<Revision> revision(String name) {
        return text(name).stream()
                .map(text -> new Revision(Parameters.number(name, text, 0)))
                .toList();
    }

    /** Which fields are wanted; all where none are named. */
    Projection fields() {
        List<Projection> named = explained(FIELDS, Projection::parse);
        wantsPart = !named.isEmpty();
        return wantsPart ? named.getFirst() : Projection.ALL;
    }

    /** Whether some fields are wanted and not the whole. */
    boolean wantsPart() {
        return wantsPart;
    }

    List<Instant> time(String name) {
        return parsed(name, Query::instant, "a time such as 2030-01-31T12:00:00Z");
    }

    List<Kind> kind() {
        return parsed(
                KIND,
                text -> Kind.ofDocumentName(text).orElseThrow(IllegalArgumentException::new),
                "one of " + Arrays.stream(Kind.values()).map(Kind::documentName).collect(Collectors.joining(", ")));
    }

    List<Name> name(String name) {
        return parsed(name, Name::new, "a DNS label");
    }

    /** Throws a problem that says what it is to be where {@code parse} throws IllegalArgumentException. */
    <T> List<T> parsed(String name, Function<String, T> parse, String expected) {
        return text(name).stream()
                .map(text -> {
                    try {
                        return parse.apply(text);
                    } catch (IllegalArgumentException wrong) {
                        throw Exchange.malformed(
                                "%s is to be %s, found '%s'.".formatted(name, expected, shortened(text)));
                    }
                })
                .toList();
    }

    /** The same, where what is wrong says itself what it is to be. */
    <T> List<T> explained(String name, Function<String, T> parse) {
        return text(name).stream()
                .map(text -> {
                    try {
                        return parse.apply(text);
                    } catch (IllegalArgumentException wrong) {
                        throw Exchange.malformed("%s: %s.".formatted(name, wrong.getMessage()));
                    }
                })
                .toList();
    }

    static String shortened(String text) {
        return text.length() > 80 ? text.substring(0, 80) + "…" : text;
    }

    private static Instant instant(String text) {
        try {
            return OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException wrong) {
            throw new IllegalArgumentException(wrong);
        }
    }
}
