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
final class ApplyTest {

    @Test
    void manyDocumentsInAnyOrderAreOneRevision() {
        long head = Api.head();

        Response first = Api.apply(Api.world("applied", 30));
        Response second = Api.apply(Api.world("applied", 30));

        assertThat(first.statusCode()).as(first.asString()).isEqualTo(200);
        assertThat(first.<List<String>>path("items.result")).hasSize(5).containsOnly("Created");
        assertThat(first.<Integer>path("revision")).isEqualTo((int) head + 1);
        assertThat(second.<List<String>>path("items.result")).containsOnly("Unchanged");
        assertThat(Api.head()).isEqualTo(head + 1);
    }

    @Test
    void oneBadDocumentRefusesAll() {
        long head = Api.head();

        Response shape = Api.apply(Api.world("all-or-none", 31) + """
                ---
                apiVersion: sallyport.io/v1
                kind: Workload
                metadata: {namespace: all-or-none, name: last}
                spec: {identities: [{cidr: nonsense}]}
                """);
        Response reference = Api.apply(Api.world("all-or-none", 31)
                .replace("destinationRef: {name: billing}", "destinationRef: {name: gone}"));

        Api.assertProblem(shape, 422, "invalid");
        assertThat(shape.<List<String>>path("errors.pointer")).containsExactly("/5/spec/identities/0/cidr");
        Api.assertProblem(reference, 422, "invalid");
        assertThat(reference.<String>path("errors[0].pointer")).startsWith("/0/spec/to/0");
        assertThat(Api.head()).isEqualTo(head);
        Api.assertProblem(Api.get("/api/v1/namespaces/all-or-none"), 404, "not-found");
    }

    @Test
    void aDocumentMaySayItsNameOnlyOnce() {
        String namespace = "{apiVersion: sallyport.io/v1, kind: Namespace, metadata: {name: twice}}\n";

        Response response = Api.apply(namespace + "---\n" + namespace);

        Api.assertProblem(response, 422, "invalid");
        assertThat(response.<List<String>>path("errors.reason")).containsExactly("Duplicate");
        assertThat(response.<List<String>>path("errors.pointer")).containsExactly("/1/metadata/name");
    }

    @Test
    void aJsonListIsTaken() {
        Response response =
                Api.as("admin").contentType("application/json").body("""
                        {"kind": "List", "items": [
                          {"apiVersion": "sallyport.io/v1", "kind": "Namespace", "metadata": {"name": "listed"}}]}
                        """).post("/api/v1/apply");

        assertThat(response.<List<String>>path("items.name")).containsExactly("listed");
    }

    @Test
    void anEditorCannotSlipANamespaceIn() {
        long head = Api.head();

        Response response = Api.as("developer")
                .contentType("application/yaml")
                .body(Api.world("slipped", 32))
                .post("/api/v1/apply");

        Api.assertProblem(response, 403, "forbidden");
        assertThat(Api.head()).isEqualTo(head);
    }
}
