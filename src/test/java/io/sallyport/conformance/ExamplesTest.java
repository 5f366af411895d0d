package io.sallyport.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.compiler.Finding;
import io.sallyport.compiler.PolicyChecks;
import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Metadata;
import io.sallyport.domain.Metadata.Stamp;
import io.sallyport.domain.Resource;
import io.sallyport.domain.Revision;
import io.sallyport.domain.Spec;
import io.sallyport.rest.json.DocumentJson;
import io.sallyport.rest.json.Documents;
import io.sallyport.rest.json.Format;
import io.sallyport.rest.json.Place;
import io.sallyport.rest.json.Violations;
import io.sallyport.usecase.Draft;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever applies an example as it stands is not refused. */
class ExamplesTest {
    private static final Instant NOW = Instant.parse("2026-12-01T00:00:00Z");

    static List<Path> examples() throws IOException {
        try (Stream<Path> folders = Files.list(Path.of("examples"))) {
            return folders.filter(Files::isDirectory).sorted().toList();
        }
    }

    @ParameterizedTest
    @MethodSource("examples")
    void nothingInItIsWrong(Path example) throws IOException {
        Violations violations = new Violations();
        List<Change> changes;
        try (Stream<Path> files = Files.list(example)) {
            changes = files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .flatMap(file -> documents(file).stream())
                    .flatMap(document -> DocumentJson.read(Place.top(document, "", violations)).stream())
                    .<Change>map(draft -> new Change.Put(stored(draft)))
                    .toList();
        }
        DesiredState state = DesiredState.EMPTY.with(new Revision(1), changes);

        assertThat(violations.found()).isEmpty();
        assertThat(changes).isNotEmpty();
        assertThat(new PolicyChecks()
                        .findings(state, changes.stream().map(Change::key).collect(Collectors.toSet()), NOW))
                .filteredOn(Finding::severity, Finding.Severity.ERROR)
                // Some build on the quick start, or on credentials that a script makes.
                .filteredOn(finding -> !finding.reason().equals("RefNotFound"))
                .isEmpty();
    }

    private static List<JsonNode> documents(Path file) {
        try {
            return Documents.many(Files.readAllBytes(file), Format.YAML);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Resource<Spec> stored(Draft draft) {
        Stamp stamp = new Stamp(NOW, "reader");
        return new Resource<>(
                new Metadata(
                        draft.key(),
                        draft.labels(),
                        draft.annotations(),
                        UUID.randomUUID(),
                        1,
                        new Revision(1),
                        stamp,
                        stamp),
                draft.spec());
    }
}
