package io.sallyport.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.PostgresResource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
final class PartialWritesTest {
    private static final String MERGE = "application/merge-patch+json";
    private static final String STEPS = "application/json-patch+json";

    @Test
    void aMergePatchChangesWhatItSaysAndNothingElse() {
        String path = workload("merged");

        Response response = patch(MERGE, path, "{\"metadata\": {\"labels\": {\"a\": null, \"b\": \"2\"}}}");
        Response same = patch(MERGE, path, "{}");

        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        assertThat(response.<Map<String, String>>path("metadata.labels")).isEqualTo(Map.of("b", "2", "keep", "1"));
        assertThat(response.<List<String>>path("spec.identities.cidr"))
                .containsExactly("10.88.%d.1/32".formatted(octet("merged")));
        assertThat(response.header("ETag")).isEqualTo("\"" + response.header("Sallyport-Revision") + "\"");
        assertThat(same.header("ETag")).isEqualTo(response.header("ETag"));
    }

    @Test
    void aJsonPatchIsDoneStepByStep() {
        String path = workload("stepped");

        Response response = patch(STEPS, path, """
                [{"op": "test", "path": "/metadata/labels/a", "value": "1"},
                 {"op": "add", "path": "/metadata/labels/c", "value": "3"},
                 {"op": "move", "from": "/metadata/labels/a", "path": "/metadata/labels/d"}]
                """);

        assertThat(response.statusCode()).as(response.asString()).isEqualTo(200);
        assertThat(response.<Map<String, String>>path("metadata.labels"))
                .isEqualTo(Map.of("c", "3", "d", "1", "keep", "1"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "merge-patch | [] | 400 | malformed-request | ",
                "merge-patch | {\"a\": | 400 | malformed-request | ",
                "merge-patch | {\"spec\": {\"identities\": 1}} | 422 | invalid | /spec/identities",
                "merge-patch | {\"spec\": null} | 422 | invalid | /spec",
                "merge-patch | {\"metadata\": {\"name\": \"other\"}} | 422 | invalid | /metadata/name",
                "merge-patch | {\"nothing\": 1} | 422 | invalid | /nothing",
                "json-patch | {} | 400 | malformed-request | ",
                "json-patch | [1] | 422 | invalid | /0",
                "json-patch | [{\"op\": \"add\", \"path\": \"x\"}] | 422 | invalid | /0/path",
                "json-patch | [{\"op\": \"add\", \"path\": \"/x\"}] | 422 | invalid | /0/value",
                "json-patch | [{\"op\": \"frob\", \"path\": \"/x\"}] | 422 | invalid | /0/op",
                "json-patch | [{\"op\": \"move\", \"path\": \"/x\"}] | 422 | invalid | /0/from",
                "json-patch | [{\"op\": \"remove\", \"path\": \"/spec/none\"}] | 422 | invalid | /0/path",
                "json-patch | [{\"op\": \"replace\", \"path\": \"\", \"value\": 1}] | 422 | invalid | /0/path",
                "json-patch | [{\"op\": \"test\", \"path\": \"/kind\", \"value\": \"x\"}] | 409 | conflict | ",
            })
    void aPatchThatCannotBeIsRefused(String form, String body, int status, String type, String pointer) {
        String path = workload("unpatched");
        long head = Api.head();

        Response response = patch("application/" + form + "+json", path, body);

        Api.assertProblem(response, status, type);
        if (pointer != null) {
            assertThat(response.<List<String>>path("errors.pointer")).contains(pointer);
        }
        assertThat(Api.head()).isEqualTo(head);
    }

    @Test
    void copiesOfCopiesAreStopped() {
        String path = workload("bombed");
        String copies = IntStream.range(0, 60)
                .mapToObj(index -> "{\"op\": \"copy\", \"from\": \"/spec\", \"path\": \"/spec/c%d\"}".formatted(index))
                .toList()
                .toString();

        Api.assertProblem(patch(STEPS, path, copies), 400, "malformed-request");
    }

    @Test
    void preconditionsCountAndThereMustBeSomethingToPatch() {
        String path = workload("conditional");

        Response stale = Api.as("admin")
                .contentType(MERGE)
                .header("If-Match", "\"1\"")
                .body("{}")
                .patch(path);
        Response create = Api.as("admin")
                .contentType(MERGE)
                .header("If-None-Match", "*")
                .body("{}")
                .patch(path);

        Api.assertProblem(stale, 412, "stale");
        Api.assertProblem(create, 400, "malformed-request");
        Api.assertProblem(patch(MERGE, path + "-gone", "{}"), 404, "not-found");
        Api.assertProblem(patch("application/json", path, "{}"), 415, "unsupported-media-type");
        Api.assertProblem(
                Api.as("viewer")
                        .contentType(MERGE)
                        .body("{\"metadata\": {\"labels\": {\"z\": \"1\"}}}")
                        .patch(path),
                403,
                "forbidden");
    }

    @Test
    void whatManyPatchAtOnceIsAllThere() throws Exception {
        String path = workload("raced");
        Api.as("admin");
        List<Callable<Integer>> work = IntStream.range(0, 8)
                .<Callable<Integer>>mapToObj(index ->
                        () -> patch(MERGE, path, "{\"metadata\": {\"labels\": {\"l%d\": \"x\"}}}".formatted(index))
                                .statusCode())
                .toList();

        try (var threads = Executors.newFixedThreadPool(8)) {
            for (var done : threads.invokeAll(work)) {
                assertThat(done.get()).isEqualTo(200);
            }
        }

        assertThat(Api.get(path).<Map<String, String>>path("metadata.labels")).hasSize(10);
    }

    @Test
    void aHundredWritersAndTwoOfOneThingLoseNothingAndLeaveNoGap() throws Exception {
        String path = workload("contested");
        String tag = Api.get(path).header("ETag");
        long before = Api.head();
        Stream<Callable<Response>> crowd = IntStream.range(0, 100)
                .mapToObj(number -> () -> put("/api/v1/namespaces/crowd-" + number, "crowd-" + number));
        Stream<Callable<Response>> rivals = Stream.of("rival-one", "rival-two")
                .map(rival -> () -> Api.as("admin")
                        .contentType("application/yaml")
                        .header("If-Match", tag)
                        .header("Sallyport-Message", rival)
                        .body("{metadata: {labels: {winner: RIVAL}}, spec: {labels: {app: RIVAL}}}"
                                .replace("RIVAL", rival))
                        .put(path));

        List<Response> answers = new ArrayList<>();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (var done : threads.invokeAll(Stream.concat(rivals, crowd).toList())) {
                answers.add(done.get());
            }
        }

        List<Response> ofRivals = answers.subList(0, 2);
        assertThat(ofRivals).extracting(Response::statusCode).containsExactlyInAnyOrder(200, 412);
        assertThat(answers.subList(2, 102)).extracting(Response::statusCode).containsOnly(201);
        String winner = ofRivals.get(0).statusCode() == 200 ? "rival-one" : "rival-two";
        assertThat(Api.get(path).<String>path("metadata.labels.winner")).isEqualTo(winner);
        Map<String, Long> acknowledged = new TreeMap<>();
        answers.stream()
                .filter(answer -> answer.statusCode() < 300)
                .forEach(answer -> acknowledged.put(
                        answer.path("metadata.name").equals("w") ? winner : answer.path("metadata.name"),
                        Long.valueOf(answer.header("Sallyport-Revision"))));
        List<Map<String, Object>> history =
                Api.get("/api/v1/revisions?limit=500").path("items");
        List<Map<String, Object>> since =
                history.stream().filter(one -> revision(one) > before).toList().reversed();
        assertThat(since)
                .extracting(PartialWritesTest::revision)
                .isEqualTo(LongStream.rangeClosed(before + 1, before + since.size())
                        .boxed()
                        .toList());
        assertThat(since)
                .filteredOn(one -> String.valueOf(one.get("message")).matches("(crowd|rival)-.*"))
                .extracting(one -> Map.entry(String.valueOf(one.get("message")), revision(one)))
                .containsExactlyInAnyOrderElementsOf(acknowledged.entrySet());
    }

    private static Response put(String path, String message) {
        return Api.as("admin")
                .contentType("application/yaml")
                .header("Sallyport-Message", message)
                .body("{}")
                .put(path);
    }

    private static long revision(Map<String, Object> entry) {
        return Long.parseLong(String.valueOf(entry.get("revision")));
    }

    @Test
    void aSecretStaysWhenTheRestIsPatched() {
        Api.put("/api/v1/namespaces/patched-secret", "{}");
        String path = "/api/v1/namespaces/patched-secret/credentials/key";
        Api.put(path, "spec: {type: Token, data: {token: never-shown}}").then().statusCode(201);

        Response labelled = patch(MERGE, path, "{\"metadata\": {\"labels\": {\"a\": \"b\"}}}");

        assertThat(labelled.statusCode()).as(labelled.asString()).isEqualTo(200);
        assertThat(labelled.<Integer>path("metadata.generation")).isEqualTo(1);
        assertThat(labelled.asString()).doesNotContain("never-shown");
    }

    @Test
    void whereAResourceIsUsedIsTold() {
        Api.apply(Api.world("used", 161)).then().statusCode(200);
        String world = "/api/v1/namespaces/used";

        Response destination = Api.get(world + "/destinations/billing/used-by");
        Response workload = Api.get(world + "/workloads/checkout/used-by");
        Response namespace = Api.get(world + "/used-by?limit=3");
        Response rest = Api.get(world + "/used-by?limit=3&continue=" + namespace.path("continue"));

        assertThat(destination.<List<String>>path("items.pointer")).containsExactly("/spec/to/0/destinationRef");
        assertThat(destination.<List<String>>path("items.how")).containsExactly("Reference");
        assertThat(workload.<List<String>>path("items.pointer")).containsExactly("/spec/from/0/workloadSelector");
        assertThat(workload.<List<String>>path("items.how")).containsExactly("Selector");
        assertThat(namespace.<List<String>>path("items.how")).hasSize(3).containsOnly("Contained");
        Api.apply("""
                apiVersion: sallyport.io/v1
                kind: SecurityPolicy
                metadata: {namespace: used, name: of-some}
                spec:
                  targetRefs: [{kind: Destination, name: billing}]
                  authorization: {rules: [{name: some, action: Allow, from: {namespaces: [used]}}]}
                ---
                apiVersion: sallyport.io/v1
                kind: Guardrail
                metadata: {namespace: used, name: never-there}
                spec:
                  assert: Never
                  severity: Warn
                  flows: {from: [{namespaces: [used]}], to: [{destinationRef: {name: billing}}]}
                  except:
                    - {from: [{workloadSelector: {matchLabels: {app: checkout}}}], to: [{destinationSelector: {matchLabels: {of: nobody}}}]}
                    - {to: [{destinationSelector: {matchExpressions: [{key: of, operator: DoesNotExist}]}}]}
                ---
                apiVersion: sallyport.io/v1
                kind: ApprovalPolicy
                metadata: {namespace: used, name: named}
                spec: {namespaces: [used], risks: [{type: DefaultAllow}], approvals: {by: {roles: [security]}}}
                ---
                apiVersion: sallyport.io/v1
                kind: ApprovalPolicy
                metadata: {namespace: used, name: selected}
                spec: {namespaceSelector: {matchLabels: {tier: used}}, risks: [{type: DefaultAllow}], approvals: {by: {roles: [security]}}}
                ---
                {apiVersion: sallyport.io/v1, kind: Namespace, metadata: {name: used-elsewhere}}
                ---
                apiVersion: sallyport.io/v1
                kind: EgressGateway
                metadata: {namespace: used-elsewhere, name: shared}
                spec:
                  agentSelector: {identities: [{clientId: gateway-used-elsewhere}]}
                  allowedNamespaces: {from: Selector, selector: {matchLabels: {tier: used}}}
                  listeners: [{name: http, port: 10080, protocol: HTTP}]
                """).then().statusCode(200);
        Api.as("admin")
                .contentType(MERGE)
                .body("{\"metadata\": {\"labels\": {\"tier\": \"used\"}}}")
                .patch(world)
                .then()
                .statusCode(200);
        assertThat(Api.get(world + "/used-by?limit=50").<List<String>>path("items.pointer"))
                .contains(
                        "/spec/authorization/rules/0/from/namespaces/0",
                        "/spec/flows/from/0/namespaces/0",
                        "/spec/namespaces/0",
                        "/spec/namespaceSelector",
                        "/spec/allowedNamespaces/selector");
        assertThat(Api.get(world + "/destinations/billing/used-by").<List<String>>path("items.pointer"))
                .containsExactly(
                        "/spec/to/0/destinationRef",
                        "/spec/targetRefs/0",
                        "/spec/flows/to/0/destinationRef",
                        "/spec/except/1/to/0/destinationSelector");
        assertThat(Api.get(world + "/workloads/checkout/used-by").<List<String>>path("items.pointer"))
                .containsExactly("/spec/from/0/workloadSelector", "/spec/except/0/from/0/workloadSelector");
        Api.put(world + "/role-bindings/reader", "spec: {role: viewer, subjects: [{group: used-readers}]}");
        Response foreign = Api.anonymous()
                .auth()
                .oauth2(IssuerResource.issuer().token(Map.of("sub", "used-reader", "groups", List.of("used-readers"))))
                .get(world + "/used-by?limit=50");
        assertThat(foreign.statusCode()).as(foreign.asString()).isEqualTo(200);
        assertThat(foreign.<List<String>>path("items.pointer"))
                .contains("/spec/namespaceSelector")
                .doesNotContain("/spec/allowedNamespaces/selector");
        assertThat(rest.<List<String>>path("items.kind")).hasSize(1);
        Api.assertProblem(Api.get(world + "/destinations/none/used-by"), 404, "not-found");
        Api.assertProblem(Api.get(world + "/used-by?continue=x"), 400, "malformed-request");
    }

    private static Response patch(String type, String path, String body) {
        return Api.as("admin").contentType(type).body(body).patch(path);
    }

    private static String workload(String namespace) {
        Api.put(
                "/api/v1/namespaces/" + namespace,
                "spec: {scopes: {cidrs: [10.88.%d.0/24]}}".formatted(octet(namespace)));
        String path = "/api/v1/namespaces/%s/workloads/w".formatted(namespace);
        Api.put(
                path,
                "{metadata: {labels: {a: '1', keep: '1'}}, spec: {identities: [{cidr: 10.88.%d.1/32}]}}"
                        .formatted(octet(namespace)));
        return path;
    }

    private static int octet(String namespace) {
        return List.of("merged", "stepped", "unpatched", "bombed", "conditional", "raced", "contested")
                .indexOf(namespace);
    }
}
