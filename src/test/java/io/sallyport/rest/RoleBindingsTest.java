package io.sallyport.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.PostgresResource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
final class RoleBindingsTest {
    private static final String NAMESPACE = "/api/v1/namespaces/bound";
    private static final String BINDINGS = NAMESPACE + "/role-bindings/";
    private static final String OTHERS = "/api/v1/namespaces/elsewhere";

    /** Somebody of a group that has that name and no other. */
    private static RequestSpecification as(String group) {
        return with(Map.of("sub", group, "groups", List.of(group)));
    }

    private static RequestSpecification with(Map<String, Object> claims) {
        return Api.anonymous()
                .auth()
                .oauth2(IssuerResource.issuer().token(claims))
                .contentType("application/yaml");
    }

    private static void bind(String name, String spec) {
        Api.put(NAMESPACE, "{}");
        Api.put(OTHERS, "{}");
        Response bound = Api.put(BINDINGS + name, "spec: " + spec);
        assertThat(bound.statusCode()).as(bound.asString()).isLessThan(300);
    }

    @Test
    void aBindingIsInForceWithItsRevisionAndSoIsItsEnd() {
        bind("readers", "{role: viewer, subjects: [{group: readers}]}");
        assertThat(as("readers").get(NAMESPACE).statusCode()).isEqualTo(200);
        assertThat(as("readers").get("/api/v1/namespaces").<List<String>>path("items.metadata.name"))
                .containsExactly("bound");

        Api.as("admin").delete(BINDINGS + "readers");

        Response after = as("readers").get(NAMESPACE);
        Api.assertProblem(after, 403, "forbidden");
        assertThat(after.<String>path("detail")).contains("in namespace bound").contains("readers has none");
    }

    @Test
    void whatIsForeignAndWhatIsNotThereAreRefusedAlike() {
        bind("readers-of-one", "{role: viewer, subjects: [{group: readers-of-one}]}");
        Api.put(OTHERS + "/workloads/there", "spec: {labels: {app: a}}");

        Response there = as("readers-of-one").get(OTHERS + "/workloads/there");
        Response gone = as("readers-of-one").get(OTHERS + "/workloads/gone");
        Response nowhere = as("readers-of-one").get("/api/v1/namespaces/nowhere/workloads/gone");

        Api.assertProblem(there, 403, "forbidden");
        assertThat(apartFromId(gone)).isEqualTo(apartFromId(there));
        assertThat(apartFromId(nowhere).replace("nowhere", "elsewhere")).isEqualTo(apartFromId(there));
    }

    // Each answer has an id of its own.
    private static String apartFromId(Response response) {
        return response.asString().replaceFirst("\"requestId\":\"[^\"]*\"", "");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "developers|%s/role-bindings/mine|spec: {role: security, subjects: [{group: developers}]}",
                "developers|%s/role-bindings/of-all|spec: {role: viewer, subjects: [{group: developers}], namespaces: All}",
                "admins|%s/role-bindings/mine|spec: {role: viewer, subjects: [{group: admins}], namespaces: All}",
                "admins|/api/v1/namespaces/elsewhere/role-bindings/mine|spec: {role: viewer, subjects: [{group: admins}]}",
                "admins|%s/role-bindings/of-all|spec: {role: administrator, subjects: [{group: admins}]}",
                "admins|%s|spec: {scopes: {cidrs: [0.0.0.0/0]}}"
            })
    void nobodyGivesHimselfMoreThanHeHas(String group, String path, String body) {
        bind("developers", "{role: developer, subjects: [{group: developers}]}");
        bind("admins", "{role: administrator, subjects: [{group: admins}]}");
        bind("of-all", "{role: viewer, subjects: [{group: some}], namespaces: All}");

        Response refused = as(group).body(body).put(path.formatted(NAMESPACE));

        Api.assertProblem(refused, 403, "forbidden");
        assertThat(refused.<String>path("detail")).contains("administrator");
    }

    @Test
    void aBindingOfAllIsNotTakenAwayByAnAdministratorOfItsNamespace() {
        bind("admins", "{role: administrator, subjects: [{group: admins}]}");
        bind("of-all", "{role: viewer, subjects: [{group: some}], namespaces: All}");

        Api.assertProblem(as("admins").delete(BINDINGS + "of-all"), 403, "forbidden");
        assertThat(as("admins")
                        .body("spec: {role: developer, subjects: [{group: newcomers}]}")
                        .put(BINDINGS + "newcomers")
                        .statusCode())
                .isEqualTo(201);
    }

    @Test
    void aNameThatSomebodyChoseForHimselfGivesHimNothing() {
        String issuer = IssuerResource.issuer().issuerUri().toString();
        bind("nora", "{role: viewer, subjects: [{user: {issuer: \"%s\", subject: nora}}]}".formatted(issuer));

        assertThat(with(Map.of("sub", "nora")).get(NAMESPACE).statusCode()).isEqualTo(200);
        assertThat(with(Map.of("sub", "eve", "preferred_username", "nora", "email", "nora", "azp", "nora"))
                        .get(NAMESPACE)
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void aPersonIsNotTheServiceAccountOfThePageHeUses() {
        bind("ci", "{role: viewer, subjects: [{serviceAccount: ci}]}");

        assertThat(Api.anonymous()
                        .auth()
                        .oauth2(IssuerResource.issuer().clientToken("ci"))
                        .get(NAMESPACE)
                        .statusCode())
                .isEqualTo(200);
        assertThat(with(Map.of("sub", "eve", "azp", "ci")).get(NAMESPACE).statusCode())
                .isEqualTo(403);
    }

    @Test
    void aCallerLearnsWhoHeIsAndWhatHeMay() {
        bind("me", "{role: developer, subjects: [{group: curious}]}");

        Response me = as("curious").get("/api/v1/me");

        assertThat(me.<String>path("id")).endsWith("/curious");
        assertThat(me.<Boolean>path("administratorOfAll")).isFalse();
        assertThat(me.<List<String>>path("subjects.group")).contains("curious");
        assertThat(me.<List<String>>path("roles.namespaces.bound")).containsExactly("developer");
        assertThat(me.<List<String>>path("roles.everywhere")).isEmpty();
        assertThat(with(Map.of("sub", "nobody")).get("/api/v1/me").statusCode()).isEqualTo(200);
        assertThat(Api.as("admin").get("/api/v1/me").<Boolean>path("administratorOfAll"))
                .isTrue();
    }
}
