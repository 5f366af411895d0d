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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
final class ResourceLifeTest {

    @ParameterizedTest
    @CsvSource({
        "life-a, egress-rules/checkout-to-billing, 1",
        "life-b, egress-gateways/internet, 2",
        "life-c, destinations/billing, 3",
        "life-d, workloads/checkout, 4",
        "life-e, '', 5"
    })
    void whatIsReadCanBeSentBackAndChangesNothing(String namespace, String name, int number) {
        Api.apply(Api.world(namespace, number)).then().statusCode(200);
        String path = "/api/v1/namespaces/" + namespace + (name.isEmpty() ? "" : "/" + name);
        Response read = Api.get(path);
        long head = Api.head();

        Response again = Api.as("admin")
                .contentType("application/json")
                .header("If-Match", read.header("ETag"))
                .body(read.asString())
                .put(path);

        assertThat(again.statusCode()).as(again.asString()).isEqualTo(200);
        assertThat(again.<Map<String, ?>>path("spec")).isEqualTo(read.path("spec"));
        assertThat(Api.head()).isEqualTo(head);
    }

    @Test
    void aResourceIsCreatedReplacedListedAndDeleted() {
        Api.put("/api/v1/namespaces/whole-life", "{}").then().statusCode(201);
        String path = "/api/v1/namespaces/whole-life/destinations/bank";
        Response created = Api.put(path, "spec: {hosts: [Bank.Example.], ports: [{number: 443, protocol: TLS}]}");
        Response replaced =
                Api.put(path, "spec: {hosts: [bank.example], ports: [{number: 8443, protocol: TLS, targetPort: 443}]}");

        assertThat(created.statusCode()).as(created.asString()).isEqualTo(201);
        assertThat(created.<List<String>>path("spec.hosts")).containsExactly("bank.example");
        assertThat(created.<Integer>path("spec.ports[0].targetPort")).isEqualTo(443);
        assertThat(replaced.statusCode()).isEqualTo(200);
        assertThat(replaced.<Integer>path("metadata.generation")).isEqualTo(2);
        assertThat(replaced.<String>path("metadata.uid")).isEqualTo(created.path("metadata.uid"));
        assertThat(replaced.<String>path("metadata.updatedBy")).isEqualTo("admin");
        assertThat(replaced.header("ETag")).isEqualTo("\"" + replaced.header("Sallyport-Revision") + "\"");
        assertThat(Api.get("/api/v1/namespaces/whole-life/destinations").<List<String>>path("items.metadata.name"))
                .containsExactly("bank");
        assertThat(Api.as("security").delete(path).statusCode()).isEqualTo(204);
        Api.assertProblem(Api.get(path), 404, "not-found");
        Api.assertProblem(Api.as("security").delete(path), 404, "not-found");
    }

    @Test
    void labelsMoveTheRevisionAndNotTheGeneration() {
        Api.put("/api/v1/namespaces/labelled", "{}");

        Response labelled = Api.put("/api/v1/namespaces/labelled", "metadata: {labels: {team: pay}}");

        assertThat(labelled.<Integer>path("metadata.generation")).isEqualTo(1);
        assertThat(labelled.<String>path("metadata.labels.team")).isEqualTo("pay");
    }

    @Test
    void yamlIsAnsweredToWhoAcceptsIt() {
        Api.put("/api/v1/namespaces/yaml-reader", "{}");

        Response yaml = Api.as("viewer").accept("application/yaml").get("/api/v1/namespaces/yaml-reader");

        assertThat(yaml.contentType()).startsWith("application/yaml");
        assertThat(yaml.asString()).startsWith("apiVersion: \"sallyport.io/v1\"\nkind: \"Namespace\"\n");
    }

    @Test
    void aListComesInPages() {
        Api.apply("""
                {apiVersion: sallyport.io/v1, kind: Namespace, metadata: {name: pages}}
                ---
                {apiVersion: sallyport.io/v1, kind: Workload, metadata: {namespace: pages, name: a}, spec: {}}
                ---
                {apiVersion: sallyport.io/v1, kind: Workload, metadata: {namespace: pages, name: b}, spec: {}}
                ---
                {apiVersion: sallyport.io/v1, kind: Workload, metadata: {namespace: pages, name: c}, spec: {}}
                """).then().statusCode(200);

        Response first = Api.get("/api/v1/namespaces/pages/workloads?limit=2");
        Response second = Api.get("/api/v1/namespaces/pages/workloads?limit=2&continue=" + first.path("continue"));

        assertThat(first.<List<String>>path("items.metadata.name")).containsExactly("a", "b");
        assertThat(second.<List<String>>path("items.metadata.name")).containsExactly("c");
        assertThat(second.<String>path("continue")).isNull();
    }

    @Test
    void whatIsReferredToIsNotDeleted() {
        Api.apply(Api.world("referred", 6)).then().statusCode(200);
        long head = Api.head();

        Response destination = Api.as("admin").delete("/api/v1/namespaces/referred/destinations/billing");
        Response namespace = Api.as("admin").delete("/api/v1/namespaces/referred");

        Api.assertProblem(destination, 409, "conflict");
        assertThat(destination.<String>path("detail")).contains("EgressRule referred/checkout-to-billing");
        Api.assertProblem(namespace, 409, "conflict");
        assertThat(namespace.<String>path("detail")).contains("not empty");
        assertThat(Api.head()).isEqualTo(head);
    }

    @Test
    void historyTellsWhoChangedWhatAndWhy() {
        String revision = Api.as("admin")
                .header("Sallyport-Message", "opened for the audit")
                .contentType("application/json")
                .body("{}")
                .put("/api/v1/namespaces/audited")
                .header("Sallyport-Revision");

        Response entry = Api.get("/api/v1/revisions/" + revision);

        assertThat(entry.<String>path("author")).isEqualTo("admin");
        assertThat(entry.<String>path("message")).isEqualTo("opened for the audit");
        assertThat(entry.<List<String>>path("changes.resource.metadata.name")).containsExactly("audited");
        assertThat(Api.get("/api/v1/revisions").<List<Integer>>path("items.revision"))
                .contains(Integer.valueOf(revision));
    }

    @Test
    void theSnapshotOfAGatewayShowsItsHosts() {
        Api.apply(Api.world("shown", 7)).then().statusCode(200);

        Response snapshot = Api.get("/api/v1/namespaces/shown/egress-gateways/internet/snapshot");

        assertThat(snapshot.<List<String>>path("listeners[0].hosts.host")).containsExactly("billing.shown.example");
        assertThat(snapshot.<List<String>>path("listeners[0].hosts[0].ports[0].rules.name"))
                .containsExactly("shown/checkout-to-billing");
    }

    @Test
    void theSnapshotOfAGatewayIsShownAsAnEnvoyConfigurationToo() {
        Api.apply(Api.world("shownasenvoy", 8)).then().statusCode(200);

        Response snapshot = Api.get("/api/v1/namespaces/shownasenvoy/egress-gateways/internet/snapshot?format=envoy");

        assertThat(snapshot.<List<String>>path("static_resources.listeners.name"))
                .containsExactly("http");
        assertThat(snapshot.<List<String>>path("static_resources.clusters.name"))
                .containsExactly("probe/http", "shownasenvoy/billing/80/billing.shownasenvoy.example");
    }

    @Test
    void anUnknownFormatOfASnapshotIsRefused() {
        Api.assertProblem(
                Api.get("/api/v1/namespaces/shown/egress-gateways/internet/snapshot?format=nginx"),
                400,
                "malformed-request");
    }

    @Test
    void whatANarrowerScopeCutsIsSaidToWhoNarrowsIt() {
        Api.apply(Api.world("narrowed", 9)).then().statusCode(200);

        Response answer = Api.put("/api/v1/namespaces/narrowed", "{spec: {scopes: {hosts: ['*.narrowed.example']}}}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.<List<String>>path("status.warnings.message"))
                .anySatisfy(message -> assertThat(message).contains("Workload narrowed/checkout", "10.77.9.2/32"));
    }

    @Test
    void agentsAreListed() {
        assertThat(Api.get("/api/v1/agents").<List<?>>path("items")).isNotNull();
    }
}
