package io.sallyport.rest.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Name;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What Swagger UI fills in is taken as it stands, but for what it names and is not there. */
final class ContractExamplesTest {
    @ParameterizedTest
    @EnumSource(Kind.class)
    void everyExampleOfAKindIsRead(Kind kind) throws IOException {
        JsonNode examples = new YAMLMapper()
                .readTree(Files.readString(Path.of("openapi", "openapi.yaml")))
                .at("/components/schemas/" + kind.documentName() + "/examples");

        assertThat(examples).as("examples of %s", kind).isNotEmpty();
        for (JsonNode example : examples) {
            if (isShortened(example)) {
                continue;
            }
            Violations violations = new Violations();
            Name namespace = new Name(example.at("/metadata/namespace").asText("shop"));
            assertThat(SpecJson.read(kind, Place.top(example.path("spec"), "", violations), namespace))
                    .as("%s: %s", example, violations.found())
                    .isPresent();
            assertThat(violations.found()).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void theFirstExampleIsWhole(Kind kind) throws IOException {
        JsonNode examples = new YAMLMapper()
                .readTree(Files.readString(Path.of("openapi", "openapi.yaml")))
                .at("/components/schemas/" + kind.documentName() + "/examples");

        assertThat(isShortened(examples.path(0))).isFalse();
    }

    // Certificates and keys are told by their first letters.
    private static boolean isShortened(JsonNode example) {
        return example.toString().contains("…");
    }
}
