package io.sallyport.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.PostgresResource;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
final class WatchTest {

    @Test
    void changesComeAsTheyAreMadeAndGoOnWhereTheyWereLeft() {
        Api.put("/api/v1/namespaces/watched", "{}").then().statusCode(201);
        String query = "?from=%d&namespaces=watched".formatted(Api.head());
        String workload = "/api/v1/namespaces/watched/workloads/";
        EventReader.Event created;
        try (EventReader reader = EventReader.open(query, Map.of())) {
            assertThat(reader.header("content-type")).startsWith("text/event-stream");
            assertThat(reader.next("start").id()).isEqualTo(Long.toString(Api.head()));
            Api.put(workload + "a", "spec: {}").then().statusCode(201);
            created = reader.next("revision");
        }
        Api.as("admin").delete(workload + "a").then().statusCode(204);
        Api.put(workload + "b", "spec: {}").then().statusCode(201);

        try (EventReader again = EventReader.open(query, Map.of("Last-Event-ID", created.id()))) {
            EventReader.Event deleted = again.next("revision");
            EventReader.Event second = again.next("revision");

            assertThat(created.data().at("/changes/0/action").asText()).isEqualTo("Created");
            assertThat(created.data().at("/changes/0/resource/metadata/name").asText())
                    .isEqualTo("a");
            assertThat(created.data().path("author").asText()).isEqualTo("admin");
            assertThat(deleted.data().at("/changes/0/action").asText()).isEqualTo("Deleted");
            assertThat(second.data().at("/changes/0/name").asText()).isEqualTo("b");
            assertThat(second.id()).isEqualTo(Long.toString(Api.head()));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "?from=x, 400, malformed-request",
        "?from=1&from=1, 400, malformed-request",
        "?kinds=Nothing, 400, malformed-request",
        "?namespaces=No_Label, 400, malformed-request",
        "?labelSelector=a b, 400, malformed-request",
        "?since=1, 400, malformed-request",
        "?from=999999999, 404, not-found"
    })
    void whatCannotBeWatchedIsRefusedBeforeItBegins(String query, int status, String type) {
        Response response = Api.as("viewer").accept("text/event-stream").get("/api/v1/watch" + query);

        Api.assertProblem(response, status, type);
    }

    @Test
    void nobodyWatchesWithoutAToken() {
        Api.assertProblem(Api.anonymous().accept("text/event-stream").get("/api/v1/watch"), 401, "unauthenticated");
    }
}
