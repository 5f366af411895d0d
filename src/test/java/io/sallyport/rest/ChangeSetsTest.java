package io.sallyport.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.PostgresResource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
final class ChangeSetsTest {
    private static final String SETS = "/api/v1/change-sets";

    @Test
    void aDraftChangesNothingUntilItIsPublishedAsOneRevision() {
        Response created = draft(Api.world("drafted", 50));
        Response preview = post(created, "preview");
        Response valid = post(created, "validate");
        long head = Api.head();

        assertThat(created.statusCode()).as(created.asString()).isEqualTo(201);
        assertThat(created.header("Location")).endsWith("/change-sets/" + id(created));
        assertThat(preview.<List<String>>path("items.result"))
                .as(preview.asString())
                .hasSize(5)
                .containsOnly("Created");
        assertThat(preview.<Integer>path("preview.flows.opened.count")).isPositive();
        assertThat(valid.<Boolean>path("valid")).isTrue();
        Api.assertProblem(Api.get("/api/v1/namespaces/drafted"), 404, "not-found");

        Response published = post(created, "publish");

        assertThat(published.statusCode()).as(published.asString()).isEqualTo(200);
        assertThat(Api.head()).isEqualTo(head + 1);
        Response after = Api.as("admin").get(SETS + "/" + id(created));
        assertThat(after.<String>path("state")).isEqualTo("Published");
        assertThat(after.<Integer>path("publishedIn")).isEqualTo((int) head + 1);
        Api.assertProblem(post(created, "publish"), 409, "conflict");
        assertThat(Api.get("/api/v1/revisions/" + (head + 1)).<String>path("message"))
                .isEqualTo("a draft");
    }

    @Test
    void whatIsWrongWithADraftIsToldAllAtOnceAndRefusesPublishing() {
        Response unreadable = draft(
                "{apiVersion: sallyport.io/v1, kind: Workload, metadata: {namespace: a, name: b}, spec: {identities: [{cidr: x}]}}");
        Response dangling = draft(
                Api.world("dangling", 51).replace("destinationRef: {name: billing}", "destinationRef: {name: gone}"));

        Response validated = post(dangling, "validate");

        assertThat(unreadable.<List<String>>path("errors.pointer")).containsExactly("/0/spec/identities/0/cidr");
        assertThat(validated.<Boolean>path("valid")).isFalse();
        assertThat(validated.<String>path("errors[0].pointer"))
                .startsWith("/EgressRule/dangling/checkout-to-billing/spec/to/0");
        Api.assertProblem(post(dangling, "publish"), 422, "invalid");
        Api.assertProblem(Api.get("/api/v1/namespaces/dangling"), 404, "not-found");
    }

    @Test
    void whoEditsOtherFieldsIsJoinedAndWhoEditsTheSameIsAConflict() {
        Api.apply(Api.world("joined", 52));
        String path = "/api/v1/namespaces/joined/egress-rules/checkout-to-billing";
        String rule = Api.get(path).asString();
        Response draft = draft(rule.replace("\"action\":\"Allow\"", "\"action\":\"Deny\""));

        assertThat(Api.put(path, prioritized(rule, 7)).statusCode()).isEqualTo(200);
        Response joined = post(draft, "preview");

        assertThat(joined.<List<Map<String, Object>>>path("preview.changes[0].fields"))
                .as(joined.asString())
                .containsExactly(Map.of("pointer", "/spec/action", "before", "Allow", "after", "Deny"));

        Response other = draft(prioritized(rule, 9));
        Api.put(path, prioritized(rule, 8));
        Response refused = post(other, "publish");
        Response unrebased = post(other, "rebase");
        Response rebased = post(other, "rebase?prefer=mine");
        Response published = post(other, "publish");

        Api.assertProblem(refused, 409, "conflict");
        assertThat(refused.<List<String>>path("errors.pointer"))
                .containsExactly("/EgressRule/joined/checkout-to-billing/spec/priority");
        assertThat(refused.<String>path("errors[0].message")).contains("is 9 here and became 8 by admin");
        Api.assertProblem(unrebased, 409, "conflict");
        assertThat(rebased.<Integer>path("base")).as(rebased.asString()).isEqualTo((int) Api.head() - 1);
        assertThat(published.statusCode()).as(published.asString()).isEqualTo(200);
        assertThat(Api.get(path).<Integer>path("spec.priority")).isEqualTo(9);
    }

    @Test
    void aDraftIsEditedByVersionAndDiscardedForGood() {
        Response draft = draft("{apiVersion: sallyport.io/v1, kind: Namespace, metadata: {name: edited}}");
        String path = SETS + "/" + id(draft);
        String deletion = "{apiVersion: sallyport.io/v1, kind: Namespace, action: Delete, metadata: {name: edited}}";

        Response edited = Api.as("admin")
                .contentType("application/yaml")
                .header("If-Match", draft.header("ETag"))
                .body(deletion)
                .put(path);
        Response late = Api.as("admin")
                .contentType("application/yaml")
                .header("If-Match", draft.header("ETag"))
                .body(deletion)
                .put(path);

        assertThat(edited.<String>path("documents[0].action"))
                .as(edited.asString())
                .isEqualTo("Delete");
        assertThat(edited.<Integer>path("version")).isEqualTo(2);
        Api.assertProblem(late, 412, "stale");
        assertThat(Api.as("admin").delete(path).statusCode()).isEqualTo(204);
        assertThat(Api.as("admin").get(path).statusCode()).isIn(200, 404);
        Api.assertProblem(post(draft, "publish"), 409, "conflict");
        Api.assertProblem(Api.as("admin").get(SETS + "/nonsense"), 404, "not-found");
        Api.assertProblem(Api.as("admin").post(path + "/rebase?prefer=theirs"), 400, "malformed-request");
    }

    @Test
    void secretsOfADraftAreSealedAndNotShown() {
        Api.put("/api/v1/namespaces/drafted-secret", "{}");
        Response draft = draft(
                "{apiVersion: sallyport.io/v1, kind: Credential, metadata: {namespace: drafted-secret, name: key}, spec: {type: Token, data: {token: abracadabra}}}");

        Response shown = Api.as("admin").get(SETS + "/" + id(draft));
        Response published = post(draft, "publish");

        assertThat(draft.asString() + shown.asString() + post(draft, "preview").asString())
                .doesNotContain("abracadabra");
        assertThat(published.statusCode()).as(published.asString()).isEqualTo(200);
        assertThat(published.<List<String>>path("items.result")).containsExactly("Created");
    }

    @Test
    void whoMayNotReadItDoesNotSeeItAndWhoMayNotWriteItDoesNotTouchIt() {
        Response draft = draft("{apiVersion: sallyport.io/v1, kind: Namespace, metadata: {name: guarded}}");
        String path = SETS + "/" + id(draft);

        assertThat(Api.as("viewer").get(path).statusCode()).isEqualTo(200);
        Api.assertProblem(Api.as("viewer").delete(path), 403, "forbidden");
        Api.assertProblem(Api.as("viewer").post(path + "/publish"), 403, "forbidden");
        Api.assertProblem(Api.anonymous().get(path), 401, "unauthenticated");
    }

    private static String prioritized(String rule, int priority) {
        return rule.replaceFirst("\"priority\":\\d+", "\"priority\":" + priority);
    }

    private static Response draft(String documents) {
        return Api.as("admin")
                .contentType("application/yaml")
                .header("Sallyport-Message", "a draft")
                .body(documents)
                .post(SETS);
    }

    private static Response post(Response draft, String verb) {
        return Api.as("admin").post(SETS + "/" + id(draft) + "/" + verb);
    }

    private static String id(Response draft) {
        return draft.path("id");
    }
}
