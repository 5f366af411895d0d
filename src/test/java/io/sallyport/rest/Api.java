package io.sallyport.rest;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.restassured.RestAssured;
import io.restassured.config.EncoderConfig;
import io.restassured.config.RestAssuredConfig;
import io.restassured.http.ContentType;
import io.restassured.response.Response;
import io.restassured.specification.RequestSpecification;
import io.sallyport.local.LocalIssuer;
import io.sallyport.testkit.IssuerResource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** The API as its callers use it. */
final class Api {
    private static final Map<String, String> TOKENS = new ConcurrentHashMap<>();
    // By the port of the program under test, which another class may have found running.
    private static final Map<Integer, Boolean> BOUND = new ConcurrentHashMap<>();
    private static final RestAssuredConfig CONFIG = RestAssuredConfig.config()
            .encoderConfig(EncoderConfig.encoderConfig()
                    .appendDefaultContentCharsetToContentTypeIfUndefined(false)
                    .encodeContentTypeAs("application/yaml", ContentType.TEXT)
                    .encodeContentTypeAs("text/yaml", ContentType.TEXT)
                    .encodeContentTypeAs("application/x-yaml", ContentType.TEXT));

    private Api() {}

    static RequestSpecification anonymous() {
        return given().config(CONFIG).accept(ContentType.JSON);
    }

    /** A user of the local issuer; each but the administrator has the role of his name in all namespaces. */
    static RequestSpecification as(String user) {
        BOUND.computeIfAbsent(RestAssured.port, any -> bindRoles());
        return with(user);
    }

    private static boolean bindRoles() {
        String bindings = LocalIssuer.USERS.stream()
                .filter(user -> !user.equals("admin"))
                .map(role -> """
                        ---
                        apiVersion: sallyport.io/v1
                        kind: RoleBinding
                        metadata: {namespace: roles, name: ROLE}
                        spec: {role: ROLE, subjects: [{group: ROLE}], namespaces: All}
                        """.replace("ROLE", role))
                .collect(Collectors.joining());
        String namespace = "{apiVersion: sallyport.io/v1, kind: Namespace, metadata: {name: roles}}\n";
        assertThat(with("admin")
                        .contentType("application/yaml")
                        .body(namespace + bindings)
                        .post("/api/v1/apply")
                        .statusCode())
                .isEqualTo(200);
        return true;
    }

    private static RequestSpecification with(String user) {
        String token =
                TOKENS.computeIfAbsent(user, name -> IssuerResource.issuer().userToken(name));
        return anonymous().auth().oauth2(token);
    }

    static Response put(String path, String yaml) {
        return as("admin").contentType("application/yaml").body(yaml).put(path);
    }

    static Response apply(String yaml) {
        return as("admin").contentType("application/yaml").body(yaml).post("/api/v1/apply");
    }

    static Response get(String path) {
        return as("admin").get(path);
    }

    static long head() {
        List<Number> revisions = get("/api/v1/revisions?limit=1").path("items.revision");
        return revisions.isEmpty() ? 0 : revisions.getFirst().longValue();
    }

    /** A namespace, a gateway on its own ports, a destination, a workload and the rule that joins them. */
    static String world(String namespace, int number) {
        return """
                apiVersion: sallyport.io/v1
                kind: EgressRule
                metadata: {namespace: NS, name: checkout-to-billing}
                spec:
                  gatewayRef: {name: internet}
                  action: Allow
                  from: [{workloadSelector: {matchLabels: {app: checkout}}}]
                  to: [{destinationRef: {name: billing}}]
                ---
                apiVersion: sallyport.io/v1
                kind: Namespace
                metadata: {name: NS}
                spec: {scopes: {cidrs: [10.77.NUMBER.0/24], hosts: ["*.NS.example", NS.example]}}
                ---
                apiVersion: sallyport.io/v1
                kind: EgressGateway
                metadata: {namespace: NS, name: internet}
                spec:
                  agentSelector: {identities: [{clientId: gateway-NS}]}
                  listeners: [{name: http, port: 10080, protocol: HTTP}]
                ---
                apiVersion: sallyport.io/v1
                kind: Destination
                metadata: {namespace: NS, name: billing}
                spec: {hosts: [billing.NS.example], ports: [{number: 80, protocol: HTTP}]}
                ---
                apiVersion: sallyport.io/v1
                kind: Workload
                metadata: {namespace: NS, name: checkout}
                spec: {labels: {app: checkout}, identities: [{cidr: 10.77.NUMBER.2/32}]}
                """.replace("NS", namespace).replace("NUMBER", Integer.toString(number));
    }

    static void assertProblem(Response response, int status, String type) {
        assertThat(response.statusCode()).as(response.asString()).isEqualTo(status);
        assertThat(response.contentType()).startsWith("application/problem+json");
        assertThat(response.<String>path("type")).isEqualTo("https://sallyport.io/problems/" + type);
        assertThat(response.<Integer>path("status")).isEqualTo(status);
        assertThat(response.<String>path("title")).isNotBlank();
        assertThat(response.<String>path("detail")).isNotBlank();
    }
}
