package io.sallyport.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.PostgresResource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
final class ConfirmationTest {

    @Test
    void whatIsConfirmedStaysAndWhatIsNotGoesByItself() {
        Response kept = Api.put("/api/v1/namespaces/kept?confirmWithin=5s", "{}");
        Response gone = Api.put("/api/v1/namespaces/gone?confirmWithin=5s", "{}");

        Response confirmed = Api.as("admin").post(path(kept, "confirm"));

        assertThat(kept.header("Sallyport-Confirm-By")).isNotBlank();
        assertThat(confirmed.<String>path("state")).as(confirmed.asString()).isEqualTo("Confirmed");
        assertThat(confirmed.<String>path("settledBy")).isEqualTo("admin");
        await().until(() -> Api.get("/api/v1/namespaces/gone").statusCode() == 404);
        Response reverted = Api.as("admin").get(path(gone, "confirmation"));
        assertThat(reverted.<String>path("state")).isEqualTo("Reverted");
        assertThat(Api.get("/api/v1/revisions/" + reverted.path("revertedIn")).<String>path("message"))
                .contains("was not confirmed by");
        assertThat(Api.get("/api/v1/namespaces/kept").statusCode()).isEqualTo(200);
        Api.assertProblem(Api.as("admin").post(path(gone, "confirm")), 409, "conflict");
    }

    @Test
    void aTimeThatIsNoneIsRefusedAndNothingIsWritten() {
        for (String time : new String[] {"soon", "1s", "200h", "-5s", "0s"}) {
            Api.assertProblem(
                    Api.put("/api/v1/namespaces/never?confirmWithin=" + time, "{}"), 400, "malformed-request");
        }
        Api.assertProblem(Api.get("/api/v1/namespaces/never"), 404, "not-found");
    }

    @Test
    void onlyWhoMayWriteItMayConfirmIt() {
        Response tentative = Api.put("/api/v1/namespaces/tentative?confirmWithin=10m", "{}");
        Response plain = Api.put("/api/v1/namespaces/plain", "{}");

        Api.assertProblem(Api.as("viewer").post(path(tentative, "confirm")), 403, "forbidden");
        Api.assertProblem(Api.as("admin").post(path(plain, "confirm")), 404, "not-found");
        Api.assertProblem(Api.as("admin").post("/api/v1/revisions/99999/confirm"), 404, "not-found");
        Api.assertProblem(Api.anonymous().post(path(tentative, "confirm")), 401, "unauthenticated");
    }

    private static String path(Response written, String end) {
        return "/api/v1/revisions/" + written.header("Sallyport-Revision") + "/" + end;
    }
}
