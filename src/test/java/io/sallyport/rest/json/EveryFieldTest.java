package io.sallyport.rest.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Name;
import io.sallyport.domain.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class EveryFieldTest {
    private static final Name OWN = new Name("own");

    @ParameterizedTest
    @MethodSource("mistakes")
    void aMistakeIsToldWhereItIs(EveryField.Mistake mistake) {
        Violations violations = new Violations();

        Optional<? extends Spec> spec = SpecJson.read(mistake.kind(), Place.top(mistake.spec(), "", violations), OWN);

        assertThat(spec).isEmpty();
        assertThat(violations.found())
                .anySatisfy(violation -> assertThat(List.of(violation.pointer(), violation.reason()))
                        .containsExactly(mistake.pointer(), mistake.reason()));
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void theContractDescribesEveryFieldAndNoOther(Kind kind) throws IOException {
        JsonNode contract = new YAMLMapper().readTree(Files.readString(Path.of("openapi", "openapi.yaml")));
        SortedSet<String> described = new TreeSet<>();
        describe(
                contract,
                contract.at("/components/schemas/" + kind.documentName() + "/properties/spec"),
                "",
                described);
        SortedSet<String> said = new TreeSet<>();
        EveryField.documents().stream()
                .filter(document -> document.kind() == kind)
                .forEach(document -> say(document.spec(), "", said));

        assertThat(said).isEqualTo(described);
    }

    // Data of credentials is never written, and a key set is what its issuer gives.
    private static boolean isLeaf(String path) {
        return path.endsWith("/jwks") || path.endsWith("/data") || path.endsWith("/set");
    }

    private static void describe(JsonNode contract, JsonNode schema, String path, SortedSet<String> paths) {
        if (schema.has("$ref")) {
            describe(contract, contract.at(schema.path("$ref").asText().substring(1)), path, paths);
            return;
        }
        if (schema.has("items")) {
            describe(contract, schema.path("items"), path, paths);
        }
        for (String name : (Iterable<String>) schema.path("properties")::fieldNames) {
            if (!(path + "/" + name).equals("/data")) {
                paths.add(path + "/" + name);
            }
            if (!isLeaf(path + "/" + name)) {
                describe(contract, schema.path("properties").path(name), path + "/" + name, paths);
            }
        }
    }

    private static void say(JsonNode value, String path, SortedSet<String> paths) {
        if (value.isArray()) {
            value.forEach(item -> say(item, path, paths));
            return;
        }
        boolean isMap = path.endsWith("/labels") || path.endsWith("/matchLabels");
        if (isMap || isLeaf(path)) {
            return;
        }
        value.propertyStream().forEach(field -> {
            paths.add(path + "/" + field.getKey());
            say(field.getValue(), path + "/" + field.getKey(), paths);
        });
    }

    static Stream<EveryField.Mistake> mistakes() {
        return Stream.concat(EveryField.mistakes().stream(), EveryField.contradictions().stream());
    }
}
