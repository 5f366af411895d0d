package io.sallyport.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.PostgresResource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    @Test
    void whatIsDescribedAndWhatIsDeletedGoTogether() {
        Api.apply(Api.world("exchanged", 33));

        Response response = Api.apply("""
                apiVersion: sallyport.io/v1
                kind: EgressRule
                action: Delete
                metadata: {namespace: exchanged, name: checkout-to-billing}
                ---
                {apiVersion: sallyport.io/v1, kind: EgressRule, action: Delete, metadata: {namespace: exchanged, name: never-was}}
                ---
                {apiVersion: sallyport.io/v1, kind: Namespace, metadata: {name: exchanged-new}}
                """);

        assertThat(response.<List<String>>path("items.result"))
                .as(response.asString())
                .containsExactly("Deleted", "Unchanged", "Created");
        Api.assertProblem(Api.get("/api/v1/namespaces/exchanged/egress-rules/checkout-to-billing"), 404, "not-found");
    }

    @Test
    void whatIsReferredToCannotBeDeletedInABatchEither() {
        Api.apply(Api.world("referred", 34));

        Response response = Api.apply(
                "{apiVersion: sallyport.io/v1, kind: Destination, action: Delete, metadata: {namespace: referred, name: billing}}");
        Response wrong = Api.apply(
                "{apiVersion: sallyport.io/v1, kind: Destination, action: Remove, metadata: {namespace: referred}, extra: 1}");

        Api.assertProblem(response, 409, "conflict");
        assertThat(wrong.<List<String>>path("errors.pointer"))
                .containsExactlyInAnyOrder("/0/extra", "/0/action", "/0/metadata/name");
    }

    @Test
    void whatCarriesTheLabelsAndIsNotSentIsPruned() {
        Api.put("/api/v1/namespaces/pruned", "{}");
        Api.put("/api/v1/namespaces/pruned-not", "{}");
        String labelled = "{apiVersion: sallyport.io/v1, kind: Destination, metadata: {namespace: @NS, name: @NAME, "
                + "labels: {by: ci}}, spec: {hosts: [@NAME.@NS.example], ports: [{number: 80, protocol: HTTP}], resolution: DNS}}\n---\n";
        Api.apply(document(labelled, "pruned", "one")
                + document(labelled, "pruned", "two")
                + document(labelled, "pruned-not", "other")
                + document(labelled.replace("by: ci", "by: hand"), "pruned", "mine"));

        Response response = Api.as("admin")
                .contentType("application/yaml")
                .body(document(labelled, "pruned", "one"))
                .post("/api/v1/apply?prune=by=ci");

        assertThat(response.<List<String>>path("items.name"))
                .as(response.asString())
                .containsExactly("one", "two");
        assertThat(response.<List<String>>path("items.result")).containsExactly("Unchanged", "Deleted");
        assertThat(Api.get("/api/v1/namespaces/pruned-not/destinations/other").statusCode())
                .isEqualTo(200);
        assertThat(Api.get("/api/v1/namespaces/pruned/destinations/mine").statusCode())
                .isEqualTo(200);
    }

    @Test
    void pruningByNothingOrOfWhatDoesNotCarryTheLabelsIsRefused() {
        String unlabelled =
                "{apiVersion: sallyport.io/v1, kind: Workload, metadata: {namespace: pruned-unlabelled, name: a}, spec: {}}";

        for (String prune : List.of("app", "!app", "a=1,a=2", "a=b=c", ",")) {
            Api.assertProblem(
                    Api.as("admin")
                            .contentType("application/yaml")
                            .body(unlabelled)
                            .post("/api/v1/apply?prune=" + prune),
                    400,
                    "malformed-request");
        }
        Response response =
                Api.as("admin").contentType("application/yaml").body(unlabelled).post("/api/v1/apply?prune=by=ci");
        assertThat(response.<List<String>>path("errors.pointer"))
                .as(response.asString())
                .contains("/0/metadata/labels");
        Api.assertProblem(
                Api.as("admin").contentType("application/yaml").body(unlabelled).post("/api/v1/apply?namespace=a"),
                400,
                "malformed-request");
    }

    private static String document(String template, String namespace, String name) {
        return template.replace("@NS", namespace).replace("@NAME", name);
    }

    @Test
    void theQuickStartIsTakenAsItStands() throws IOException {
        String documents;
        try (Stream<Path> files = Files.list(Path.of("examples", "quickstart"))) {
            documents = files.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .map(ApplyTest::read)
                    .collect(Collectors.joining("\n---\n"));
        }

        Response response =
                Api.as("admin").contentType("application/yaml").body(documents).post("/api/v1/apply?dryRun=true");

        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        assertThat(response.asString()).contains("RoleBinding");
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
