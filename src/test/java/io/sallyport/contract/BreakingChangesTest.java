package io.sallyport.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

final class BreakingChangesTest {
    private static final ApiContract CONTRACT = ApiContract.read(ApiContract.CURRENT);
    private static final Path DECLARED = Path.of("openapi", "published", "breaking-changes.yaml");

    @Test
    void nothingBreaksThatIsNotDeclared() throws IOException {
        SortedSet<String> breaks = found();
        breaks.removeAll(declared());

        assertThat(breaks)
                .as(
                        "keep what was published, or declare each of these with its reason in %s (CONTRIBUTING.md)",
                        DECLARED)
                .isEmpty();
    }

    @Test
    void everyDeclaredBreakIsThere() throws IOException {
        List<String> declared = declared();
        declared.removeAll(found());

        assertThat(declared)
                .as("take these out of %s: they do not break", DECLARED)
                .isEmpty();
    }

    @Test
    void everyDeclaredBreakHasAReason() throws IOException {
        for (JsonNode entry : entries()) {
            assertThat(entry.path("reason").asText()).as(entry.toString()).isNotBlank();
        }
    }

    @ParameterizedTest
    @MethodSource
    void aBreakIsFound(Change change, String told) {
        assertThat(Breaks.between(CONTRACT, change.of(CONTRACT))).contains(told);
    }

    static Stream<Arguments> aBreakIsFound() {
        return BrokenContracts.all();
    }

    @ParameterizedTest
    @MethodSource
    void whatHurtsNobodyIsNoBreak(Change change) {
        assertThat(Breaks.between(CONTRACT, change.of(CONTRACT))).isEmpty();
    }

    static Stream<Change> whatHurtsNobodyIsNoBreak() {
        return Stream.of(
                new Change("nothing", tree -> {}),
                Change.inType(
                        "another field of a request",
                        "WorkloadSpec",
                        type -> type.withObject("/properties/more").put("type", "string")),
                Change.inType(
                        "another field of an answer",
                        "Me",
                        type -> type.withObject("/properties/more").put("type", "string")),
                Change.inType("a wider limit", "Port", type -> type.put("maximum", 70000)),
                Change.inType("words", "Port", type -> type.put("description", "other words")),
                Change.in(
                        "another word in requests alone",
                        "/components/schemas/InquiryTunnel/properties/carries",
                        type -> type.withArray("enum").add("Quic")),
                Change.in(
                        "another operation",
                        "/paths",
                        paths -> paths.withObject("/~1api~1v1~1more/get").put("operationId", "more")),
                Change.inList(
                        "another parameter",
                        "/paths/~1api~1v1~1apply/post/parameters",
                        parameters -> parameters.addObject().put("name", "more").put("in", "query")),
                Change.in(
                        "another problem",
                        "/paths/~1api~1v1~1me/get/responses",
                        answers -> answers.withObject("/418").put("description", "A teapot.")));
    }

    private static SortedSet<String> found() {
        return Breaks.between(ApiContract.read(ApiContract.PUBLISHED), CONTRACT);
    }

    private static List<String> declared() throws IOException {
        List<String> changes = new ArrayList<>();
        entries().forEach(entry -> changes.add(entry.path("change").asText()));
        return changes;
    }

    private static JsonNode entries() throws IOException {
        return new YAMLMapper().readTree(Files.readString(DECLARED));
    }
}
