package io.sallyport.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.PostgresResource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
final class BadInputTest {
    private static final String NAMESPACE = "/api/v1/namespaces/bad-input";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "destinations/d | spec: {hots: [a.example], hosts: [a.example], ports: [{number: 80, protocol: HTTP}]} | /spec/hots | UnknownField",
                "destinations/d | spec: {hosts: a.example, ports: [{number: 80, protocol: HTTP}]} | /spec/hosts | WrongType",
                "destinations/d | spec: {hosts: [a.example], ports: [{number: '80', protocol: HTTP}]} | /spec/ports/0/number | WrongType",
                "destinations/d | spec: {hosts: [a.example], ports: [{number: 0, protocol: HTTP}]} | /spec/ports/0/number | OutOfRange",
                "destinations/d | spec: {hosts: [a.example], ports: [{number: 70000, protocol: HTTP}]} | /spec/ports/0/number | OutOfRange",
                "destinations/d | spec: {hosts: ['https://a.example'], ports: [{number: 80, protocol: HTTP}]} | /spec/hosts/0 | Malformed",
                "destinations/d | spec: {hosts: [a.example], ports: [{number: 80, protocol: http}]} | /spec/ports/0/protocol | UnknownValue",
                "destinations/d | spec: {ports: [{number: 80, protocol: HTTP}]} | /spec/hosts | MissingField",
                "destinations/d | {} | /spec | MissingField",
                "destinations/d | metadata: {name: other} | /metadata/name | Contradiction",
                "destinations/d | kind: Workload | /kind | Contradiction",
                "destinations/No_Label | spec: {hosts: [a.example], ports: [{number: 80, protocol: HTTP}]} | /metadata/name | Malformed",
                "workloads/w | spec: {identities: [{cidr: 10.0.0.1/8}]} | /spec/identities/0/cidr | Malformed",
                "workloads/w | spec: {identities: [{cidr: 10.0.0.0/33}]} | /spec/identities/0/cidr | Malformed",
                "egress-rules/r | spec: {gatewayRef: {name: none}, action: Allow, from: [{ipBlocks: [0.0.0.0/0]}], to: [{destinationRef: {name: none}}]} | /spec/gatewayRef | RefNotFound",
                "egress-rules/r | spec: {gatewayRef: {name: none}, action: Allow, from: [{}], to: [{destinationRef: {name: none}}]} | /spec/from/0 | Malformed",
                "egress-gateways/g | spec: {listeners: [{name: a, port: 1, protocol: HTTP}, {name: a, port: 2, protocol: TLS}]} | /spec/listeners/1 | Duplicate",
            })
    void isRefusedWithItsPlaceAndNothingIsWritten(String path, String yaml, String pointer, String reason) {
        Api.put(NAMESPACE, "{}");
        long head = Api.head();

        Response response = Api.put(NAMESPACE + "/" + path, yaml);

        Api.assertProblem(response, 422, "invalid");
        assertThat(response.<List<String>>path("errors.pointer")).contains(pointer);
        assertThat(response.<List<String>>path("errors.reason")).contains(reason);
        assertThat(Api.head()).isEqualTo(head);
    }

    @Test
    void aCharacterThatNoTextHasIsRefusedInAQuery() {
        Response response =
                Api.as("admin").urlEncodingEnabled(false).get("/api/v1/audit-events?outcome=Refused&actor=a%00");

        Api.assertProblem(response, 400, "malformed-request");
        assertThat(response.<String>path("detail")).contains("actor", "U+0000");
    }

    @Test
    void everyReadRefusesAParameterThatItDoesNotKnow() throws IOException {
        List<String> reads = new ArrayList<>();
        new ObjectMapper()
                .readTree(Path.of("openapi", "openapi.json").toFile())
                .path("paths")
                .forEachEntry((path, operations) -> {
                    if (operations.has("get")) {
                        reads.add(path.replace("{namespace}", "bad-input")
                                .replace("{name}", "none")
                                .replaceAll("\\{[^}]*}", "1"));
                    }
                });

        assertThat(reads).hasSizeGreaterThan(40);
        assertThat(reads).allSatisfy(BadInputTest::refusesWhatItDoesNotKnow);
    }

    private static void refusesWhatItDoesNotKnow(String path) {
        for (String accepted : List.of("application/json", "text/event-stream")) {
            Response response = Api.as("admin").header("Accept", accepted).get(path + "?limt=1");

            assertThat(response.asString())
                    .as("%s as %s", path, accepted)
                    .containsPattern(
                            "There is no query parameter 'limt' here; (none is taken|known are )|not-acceptable");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "PUT, /api/v1/namespaces/bad-input",
        "PUT, /api/v1/namespaces/bad-input/destinations/d",
        "POST, /api/v1/apply",
        "POST, /api/v1/explain"
    })
    void aBodyThatIsNotThereIsAskedFor(String method, String path) {
        Response response = Api.as("admin").request(method, path);

        Api.assertProblem(response, 415, "unsupported-media-type");
        assertThat(response.<String>path("detail")).contains("Content-Type: application/json");
    }

    @Test
    void everyViolationIsToldAtOnce() {
        Response response = Api.put(
                NAMESPACE + "/destinations/d",
                "{kin: x, spec: {hosts: ['a b', '*.'], ports: [{number: 0, protocol: SMTP}], resolutoin: DNS}}");

        assertThat(response.<List<String>>path("errors.pointer"))
                .containsExactlyInAnyOrder(
                        "/kin",
                        "/spec/hosts/0",
                        "/spec/hosts/1",
                        "/spec/ports/0/number",
                        "/spec/ports/0/protocol",
                        "/spec/resolutoin");
        assertThat(response.asString()).contains("did you mean 'resolution'");
    }

    @Test
    void twoGatewaysOnOnePortOfTheSameAgentsAreRefused() {
        Api.apply(Api.world("one-port", 20)).then().statusCode(200);
        long head = Api.head();

        Response response = Api.put("/api/v1/namespaces/one-port/egress-gateways/second", """
                spec:
                  agentSelector: {identities: [{clientId: gateway-one-port}]}
                  listeners: [{name: http, port: 10080, protocol: HTTP}]
                """);

        Api.assertProblem(response, 422, "invalid");
        assertThat(response.<String>path("errors[0].reason")).isEqualTo("PortConflict");
        assertThat(response.<String>path("errors[0].pointer")).startsWith("/spec/listeners/0");
        assertThat(Api.head()).isEqualTo(head);
    }

    @Test
    void aHostThatAnotherDestinationOwnsIsRefused() {
        Api.apply(Api.world("one-owner", 21)).then().statusCode(200);
        long head = Api.head();

        Response response = Api.put(
                "/api/v1/namespaces/one-owner/destinations/thief",
                "spec: {hosts: [Billing.one-owner.example], ports: [{number: 80, protocol: HTTP}]}");

        Api.assertProblem(response, 422, "invalid");
        assertThat(response.<String>path("errors[0].reason")).isEqualTo("HostConflict");
        assertThat(response.<String>path("errors[0].pointer")).isEqualTo("/spec/hosts/0");
        assertThat(Api.head()).isEqualTo(head);
    }

    @Test
    void aStaleWriterIsRefused() {
        String path = "/api/v1/namespaces/stale-one";
        String etag = Api.put(path, "{}").header("ETag");
        Api.put(path, "metadata: {labels: {a: b}}");
        long head = Api.head();

        Response stale = Api.as("admin")
                .contentType("application/json")
                .header("If-Match", etag)
                .body("{}")
                .put(path);
        Response twice = Api.as("admin")
                .contentType("application/json")
                .header("If-None-Match", "*")
                .body("{}")
                .put(path);
        Response garbage = Api.as("admin")
                .contentType("application/json")
                .header("If-Match", "W/\"x\"")
                .body("{}")
                .put(path);
        Response delete = Api.as("admin").header("If-Match", etag).delete(path);

        Api.assertProblem(stale, 412, "stale");
        Api.assertProblem(twice, 412, "stale");
        Api.assertProblem(delete, 412, "stale");
        Api.assertProblem(garbage, 400, "malformed-request");
        assertThat(Api.head()).isEqualTo(head);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spec: {hosts: [",
                "spec: &a {hosts: [x.example]}\nother: *a",
                "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]",
                "spec: {}\nspec: {}",
                "",
                "{}\n---\n{}",
                "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["
            })
    void malformedYamlIsRefused(String yaml) {
        long head = Api.head();

        Api.assertProblem(Api.put(NAMESPACE, yaml), 400, "malformed-request");
        assertThat(Api.head()).isEqualTo(head);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"spec\": {}", "{\"spec\": {}, \"spec\": {}}", "{} {}", "nonsense", "{\"a\": \"\ud800"})
    void malformedJsonIsRefused(String json) {
        Api.assertProblem(
                Api.as("admin").contentType("application/json").body(json).put(NAMESPACE), 400, "malformed-request");
    }

    @Test
    void aBodyOfTwoMegabytesIsRefused() {
        long head = Api.head();

        Response response = Api.put(NAMESPACE, "a: " + "x".repeat(2 * 1024 * 1024));

        Api.assertProblem(response, 413, "too-large");
        assertThat(Api.head()).isEqualTo(head);
    }

    @Test
    void theFrameworksRefusalsAreProblemsToo() {
        Api.assertProblem(Api.get("/api/v1/no-such-thing"), 404, "not-found");
        Api.assertProblem(Api.as("admin").post(NAMESPACE), 405, "method-not-allowed");
        Api.assertProblem(Api.as("admin").patch(NAMESPACE), 415, "unsupported-media-type");
        Api.assertProblem(Api.as("admin").put(NAMESPACE), 415, "unsupported-media-type");
        Api.assertProblem(Api.as("viewer").accept("image/png").get(NAMESPACE), 406, "not-acceptable");
        Api.assertProblem(
                Api.as("admin").contentType("application/xml").body("<a/>").put(NAMESPACE),
                415,
                "unsupported-media-type");
        Api.assertProblem(Api.get("/api/v1/revisions?limit=many"), 400, "malformed-request");
        Api.assertProblem(Api.get("/api/v1/revisions/999999"), 404, "not-found");
    }
}
