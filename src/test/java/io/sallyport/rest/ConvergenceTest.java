package io.sallyport.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.PostgresResource;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
class ConvergenceTest {

    private static String path() {
        Api.apply(Api.world("converging", 61)).then().statusCode(200);
        return "/api/v1/revisions/" + Api.head() + "/convergence?gateway=converging/internet";
    }

    @Test
    void allThatIsWrongIsSaidAtOnce() {
        Response refused = Api.get("/api/v1/revisions/1/convergence?wait=soon&quorum=101%25&timeout=1h&gateway=nobody");

        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.contentType()).startsWith("application/problem+json");
        assertThat(refused.<String>path("detail")).contains("wait is", "quorum is", "timeout is", "gateway is");
    }

    @Test
    void aRevisionOrGatewayThatIsNotThereIsNotWaitedFor() {
        assertThat(Api.get("/api/v1/revisions/999999999/convergence?timeout=1m").statusCode())
                .isEqualTo(404);
        assertThat(Api.get("/api/v1/revisions/0/convergence?gateway=no/where&timeout=1m")
                        .statusCode())
                .isEqualTo(404);
    }

    @Test
    void nobodyIsWaitedForWhereThereAreNoAgents() {
        Response answer = Api.get(path() + "&timeout=1m");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.<Boolean>path("reached")).isTrue();
        assertThat(answer.<Integer>path("agents.total")).isZero();
    }

    @Test
    void itComesAsEventsToo() {
        Response events = Api.as("viewer").accept("text/event-stream").get(path());

        assertThat(events.statusCode()).isEqualTo(200);
        assertThat(events.contentType()).startsWith("text/event-stream");
        assertThat(events.asString()).contains("event: reached").contains("\"reached\":true");
    }

    @Test
    void whatStandsAgainstItIsAProblemAlsoWhereEventsAreAskedFor() {
        for (String accepted : List.of("application/json", "text/event-stream")) {
            Api.assertProblem(
                    Api.as("viewer").accept(accepted).get("/api/v1/revisions/987654321/convergence"), 404, "not-found");
        }
    }

    @Test
    void denialsOfANamespaceWithoutAnyAreNone() {
        Response denials = Api.get("/api/v1/namespaces/nothing-here/denials");

        assertThat(denials.statusCode()).isEqualTo(200);
        assertThat(denials.<List<Object>>path("items")).isEmpty();
        assertThat(Api.anonymous().get("/api/v1/namespaces/shop/denials").statusCode())
                .isEqualTo(401);
    }
}
