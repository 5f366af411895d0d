package io.sallyport.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sallyport.domain.Kind;
import io.sallyport.rest.json.EveryField;
import io.sallyport.rest.json.EveryField.Mistake;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.PostgresResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
final class EveryFieldRefusedTest {
    // A body has a bound.
    private static final int AT_ONCE = 150;

    @Test
    void everyMistakeIsToldAtOnceWithItsPlaceAndNothingIsWritten() {
        long head = Api.head();
        List<Mistake> mistakes = Stream.concat(EveryField.mistakes().stream(), EveryField.contradictions().stream())
                .toList();
        assertThat(mistakes).hasSizeGreaterThan(500);
        for (int from = 0; from < mistakes.size(); from += AT_ONCE) {
            refused(mistakes.subList(from, Math.min(from + AT_ONCE, mistakes.size())));
        }
        assertThat(Api.head()).isEqualTo(head);
    }

    private static void refused(List<Mistake> mistakes) {
        ArrayNode documents = JsonNodeFactory.instance.arrayNode();
        List<String> expected = new ArrayList<>();
        for (int index = 0; index < mistakes.size(); index++) {
            documents.add(document(mistakes.get(index), "at-" + index));
            expected.add("/%d/spec%s %s"
                    .formatted(
                            index,
                            mistakes.get(index).pointer(),
                            mistakes.get(index).reason()));
        }

        Response response = Api.as("admin")
                .contentType("application/json")
                .body(documents.toString())
                .post("/api/v1/apply");

        Api.assertProblem(response, 422, "invalid");
        List<Map<String, String>> errors = response.path("errors");
        assertThat(errors.stream().map(error -> error.get("pointer") + " " + error.get("reason")))
                .containsAll(expected);
    }

    @Test
    void aBodyThatIsNoObjectIsRefusedForEveryKind() {
        Api.put("/api/v1/namespaces/no-object", "{}");
        long head = Api.head();

        for (Kind kind : Kind.values()) {
            String path = kind == Kind.NAMESPACE ? "" : "/%s/x".formatted(kind.pathSegment());
            for (String body : List.of("[]", "7", "\"spec\"", "{\"spec\": null, \"kind\": 7}", "{\"spec\": []}")) {
                Response response = Api.as("admin")
                        .contentType("application/json")
                        .body(body)
                        .put("/api/v1/namespaces/no-object" + path);

                assertThat(response.statusCode())
                        .as("%s %s: %s", kind, body, response.asString())
                        .isBetween(400, 422);
            }
        }
        assertThat(Api.head()).isEqualTo(head);
    }

    private static ObjectNode document(Mistake mistake, String name) {
        ObjectNode document = JsonNodeFactory.instance
                .objectNode()
                .put("apiVersion", "sallyport.io/v1")
                .put("kind", mistake.kind().documentName());
        ObjectNode metadata = document.putObject("metadata").put("name", name);
        if (mistake.kind() != Kind.NAMESPACE) {
            metadata.put("namespace", "every-field");
        }
        document.set("spec", mistake.spec());
        return document;
    }
}
