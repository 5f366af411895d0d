package io.sallyport.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.PostgresResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
final class AccessTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/v1/namespaces",
                "/api/v1/namespaces/a",
                "/api/v1/namespaces/a/egress-gateways",
                "/api/v1/namespaces/a/egress-gateways/b/snapshot",
                "/api/v1/namespaces/a/destinations/b",
                "/api/v1/namespaces/a/workloads/b",
                "/api/v1/namespaces/a/egress-rules/b",
                "/api/v1/revisions",
                "/api/v1/revisions/1",
                "/api/v1/agents"
            })
    void nothingIsReadWithoutAToken(String path) {
        Response response = Api.anonymous().get(path);

        Api.assertProblem(response, 401, "unauthenticated");
        assertThat(response.header("WWW-Authenticate")).startsWith("Bearer");
    }

    @Test
    void nothingIsWrittenWithoutAToken() {
        long head = Api.head();

        Api.assertProblem(
                Api.anonymous().contentType("application/json").body("{}").put("/api/v1/namespaces/open"),
                401,
                "unauthenticated");
        Api.assertProblem(
                Api.anonymous().contentType("application/json").body("{}").post("/api/v1/apply"),
                401,
                "unauthenticated");
        Api.assertProblem(Api.anonymous().delete("/api/v1/namespaces/open"), 401, "unauthenticated");
        assertThat(Api.head()).isEqualTo(head);
    }

    @Test
    void anExpiredOrForgedTokenIsRefused() {
        String expired = IssuerResource.issuer().expiredToken();
        String good = IssuerResource.issuer().userToken("admin");
        String forged = good.substring(0, good.lastIndexOf('.') + 1) + "AAAA";

        for (String token : new String[] {expired, forged, "nonsense"}) {
            Response response = Api.anonymous().auth().oauth2(token).get("/api/v1/namespaces");

            Api.assertProblem(response, 401, "unauthenticated");
            assertThat(response.header("WWW-Authenticate")).startsWith("Bearer");
        }
    }

    @Test
    void aCallerWithoutTheRoleIsToldWhichOneIsNeeded() {
        long head = Api.head();
        String agent = IssuerResource.issuer().clientToken("gateway-x");

        Response viewer =
                Api.as("viewer").contentType("application/json").body("{}").put("/api/v1/namespaces/v");
        Response editor =
                Api.as("developer").contentType("application/json").body("{}").put("/api/v1/namespaces/e");
        Response nobody = Api.anonymous().auth().oauth2(agent).get("/api/v1/namespaces");

        Api.assertProblem(viewer, 403, "forbidden");
        assertThat(viewer.<String>path("detail")).contains("the role administrator is needed");
        Api.assertProblem(editor, 403, "forbidden");
        Api.assertProblem(nobody, 403, "forbidden");
        assertThat(nobody.<String>path("detail")).contains("a role is needed");
        assertThat(Api.head()).isEqualTo(head);
    }

    @Test
    void theContractAndTheHealthAreOpen() {
        assertThat(Api.anonymous().get("/q/health").statusCode()).isEqualTo(200);
        assertThat(Api.anonymous().get("/q/openapi").statusCode()).isEqualTo(200);
        assertThat(Api.anonymous().accept("*/*").get("/q/swagger-ui/").statusCode())
                .isEqualTo(200);
    }
}
