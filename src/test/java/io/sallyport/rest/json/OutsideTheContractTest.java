package io.sallyport.rest.json;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Name;
import io.sallyport.rest.json.EveryField.Mistake;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is beyond what the contract says of a field is refused there, and says why. */
final class OutsideTheContractTest {
    private static final Name OWN = new Name("own");
    private static final List<Kind> KINDS = List.of(Kind.TRAFFIC_ROUTE, Kind.SECURITY_POLICY, Kind.CREDENTIAL);

    @ParameterizedTest
    @MethodSource
    void whatIsOutsideIsRefusedWhereItIs(Mistake mistake) {
        Violations violations = new Violations();

        assertThat(SpecJson.read(mistake.kind(), Place.top(mistake.spec(), "", violations), OWN))
                .isEmpty();

        assertThat(violations.found())
                .anySatisfy(violation -> assertThat(List.of(violation.pointer(), violation.reason()))
                        .containsExactly(mistake.pointer(), mistake.reason()));
    }

    static Stream<Mistake> whatIsOutsideIsRefusedWhereItIs() {
        return KINDS.stream().flatMap(kind -> OutsideTheContract.of(kind).stream());
    }

    static List<Kind> kinds() {
        return KINDS;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void eachFieldThatHoldsAValueHasAMistakeBesideAWrongType(Kind kind) {
        Set<String> tried = new TreeSet<>();
        Stream.concat(OutsideTheContract.of(kind).stream(), EveryField.contradictions().stream())
                .filter(mistake -> mistake.kind() == kind)
                .filter(mistake -> !mistake.reason().equals("MissingField"))
                .map(mistake -> mistake.pointer().replaceAll("/[0-9]+(?=/|$)", ""))
                .forEach(tried::add);
        Set<String> values = new TreeSet<>();
        values(OutsideTheContract.resolved(OutsideTheContract.schema(kind)), "", values);

        assertThat(values).isNotEmpty();
        assertThat(tried).containsAll(values);
    }

    private static void values(JsonNode schema, String path, Set<String> values) {
        switch (schema.path("type").asText()) {
            case "array" -> values(OutsideTheContract.resolved(schema.path("items")), path, values);
            case "object" ->
                schema.path("properties")
                        .propertyStream()
                        .forEach(field -> values(
                                OutsideTheContract.resolved(field.getValue()), path + "/" + field.getKey(), values));
            // What else could be wrong with one of two?
            case "boolean" -> {}
            default -> values.add(path);
        }
    }
}
