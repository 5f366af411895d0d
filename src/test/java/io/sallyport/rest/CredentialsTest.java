package io.sallyport.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sallyport.local.CertificateAuthority;
import io.sallyport.local.IssuedCertificate;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.PostgresResource;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
final class CredentialsTest {
    private static final String NAMESPACE = "/api/v1/namespaces/secrets";
    private static final CertificateAuthority CA = CertificateAuthority.named("corp");
    private static final IssuedCertificate SERVER = CA.intermediate("servers").server("gate.example", "*.gate.example");

    @Test
    void whatIsWrittenIsNeverReadAndItsStatusSaysWhatItIs() {
        Api.put(NAMESPACE, "{}");
        String path = NAMESPACE + "/credentials/server";

        Response written = put(path, certificate(SERVER));
        List<Response> answers = List.of(
                written,
                Api.get(path),
                Api.get(NAMESPACE + "/credentials"),
                Api.get("/api/v1/revisions"),
                Api.get("/api/v1/revisions/" + written.header("Sallyport-Revision")));

        assertThat(written.statusCode()).isEqualTo(201);
        assertThat(answers).allSatisfy(answer -> {
            assertThat(answer.statusCode()).isLessThan(300);
            assertThat(answer.asString()).doesNotContain("BEGIN").doesNotContain(secretLine(SERVER));
        });
        assertThat(written.<List<String>>path("status.parts")).containsExactly("certificate", "privateKey");
        assertThat(written.<String>path("status.certificates[0].subject")).isEqualTo("CN=gate.example");
        assertThat(written.<List<String>>path("status.certificates[0].subjectAltNames"))
                .containsExactly("DNS:gate.example", "DNS:*.gate.example");
        assertThat(written.<String>path("status.certificates[1].subject")).isEqualTo("CN=servers");
        assertThat(written.<String>path("status.certificates[0].sha256Fingerprint"))
                .hasSize(64);
    }

    @Test
    void whatWasReadCanBeSentBackAndItsDataStays() {
        Api.put(NAMESPACE, "{}");
        String path = NAMESPACE + "/credentials/kept";
        Response first = put(path, certificate(SERVER));

        Response same = put(path, Api.get(path).asString());
        Response labelled =
                put(path, "{\"metadata\": {\"labels\": {\"a\": \"b\"}}, \"spec\": {\"type\": \"Certificate\"}}");

        assertThat(same.statusCode()).isEqualTo(200);
        assertThat(same.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(labelled.statusCode()).isEqualTo(200);
        assertThat(labelled.<Integer>path("metadata.generation")).isEqualTo(1);
        assertThat(labelled.<String>path("status.certificates[0].sha256Fingerprint"))
                .isEqualTo(first.path("status.certificates[0].sha256Fingerprint"));
    }

    @Test
    void aNewOneNeedsItsDataAndSoDoesAnotherType() {
        Api.put(NAMESPACE, "{}");
        put(NAMESPACE + "/credentials/token", "{\"spec\": {\"type\": \"Token\", \"data\": {\"token\": \"hunter2\"}}}");
        long head = Api.head();

        Response fresh = put(NAMESPACE + "/credentials/none", "{\"spec\": {\"type\": \"Token\"}}");
        Response other = put(NAMESPACE + "/credentials/token", "{\"spec\": {\"type\": \"Opaque\"}}");

        assertViolation(fresh, "/spec/data", "MissingField");
        assertViolation(other, "/spec/data", "MissingField");
        assertThat(Api.head()).isEqualTo(head);
    }

    @Test
    void aCertificateThatCannotServeIsRefusedAtItsField() {
        Api.put(NAMESPACE, "{}");
        long head = Api.head();
        IssuedCertificate other = CA.server("other.example");

        assertViolation(put(certificate(SERVER.chain(), other.privateKey())), "/spec/data/privateKey", "Contradiction");
        assertViolation(put(certificate(CA.expired("old.example"))), "/spec/data/certificate", "Expired");
        assertViolation(
                put(certificate(other.chain() + SERVER.chain(), other.privateKey())),
                "/spec/data/certificate",
                "Contradiction");
        assertViolation(put(certificate("nonsense", SERVER.privateKey())), "/spec/data/certificate", "Malformed");
        assertViolation(put(certificate(SERVER.chain(), "hunter2")), "/spec/data/privateKey", "Malformed");
        assertViolation(
                put(certificate(SERVER.chain() + SERVER.privateKey(), SERVER.privateKey())),
                "/spec/data/certificate",
                "Malformed");
        assertThat(Api.head()).isEqualTo(head);
    }

    @Test
    void howLongItHoldsIsInItsStatusInThatOfItsUsersAndInMetrics() {
        Api.put(NAMESPACE, "{}");
        Response written = put(NAMESPACE + "/credentials/term", certificate(SERVER));
        Response user = Api.put(
                NAMESPACE + "/egress-gateways/term",
                "spec: {listeners: [{name: tls, port: 8443, protocol: HTTPS, tls: {credentialRef: {name: term}}}]}");

        // The authority is in the chain, and may have been made a second before.
        String ends = Collections.min(written.<List<String>>path("status.certificates.notAfter"));
        assertThat(written.<String>path("status.expiresAt")).isEqualTo(ends);
        assertThat(written.<String>path("status.conditions.find { it.type == 'Expired' }.reason"))
                .isEqualTo("ExpiresSoon");
        assertThat(written.<List<String>>path("status.warnings.reason")).contains("CredentialExpiresSoon");
        assertThat(user.<List<String>>path("status.warnings.reason")).contains("CredentialExpiresSoon");
        await().untilAsserted(() -> assertThat(
                        Api.anonymous().accept("text/plain").get("/q/metrics").asString())
                .containsPattern("sallyport_credential_expiry_seconds\\{[^}]*name=\"term\"[^}]*\\} [1-9][0-9.E]*"));
    }

    @Test
    void aBundleHoldsEachAuthorityOnceAndSaysWhatIsNone() {
        Api.put(NAMESPACE, "{}");

        assertViolation(put(bundle(CA.bundle() + CA.bundle())), "/spec/data/caBundle", "Duplicate");
        Response none = put(bundle(CA.server("leaf.example").chain().split("(?<=END CERTIFICATE-----)", 2)[0]));
        assertThat(none.<List<String>>path("status.warnings.reason")).contains("NotAnAuthority");
    }

    @Test
    void aRefusalDoesNotQuoteWhatIsSecret() {
        Api.put(NAMESPACE, "{}");
        String path = NAMESPACE + "/credentials/wrong";

        List<Response> refusals = List.of(
                put(path, "{\"spec\": {\"type\": \"Token\", \"data\": \"hunter2\"}}"),
                put(path, "{\"spec\": {\"type\": \"Token\", \"data\": {\"token\": [\"hunter2\"]}}}"),
                put(path, "{\"spec\": {\"type\": \"Token\", \"data\": {\"token\": \"hunter2\\n\"}}}"),
                put(path, "{\"spec\": {\"type\": \"Opaque\", \"data\": {\"a\": 12345678}}}"),
                put(path, "{\"spec\": {\"type\": \"Token\", \"data\": {\"token\": hunter2}}}"));

        assertThat(refusals).allSatisfy(refusal -> {
            assertThat(refusal.statusCode()).isBetween(400, 422);
            assertThat(refusal.asString()).doesNotContain("hunter2").doesNotContain("12345678");
        });
    }

    @Test
    void viewersSeeThatTheyAreThereAndWriteNone() {
        Api.put(NAMESPACE, "{}");
        String body = "{\"spec\": {\"type\": \"Token\", \"data\": {\"token\": \"hunter2\"}}}";

        Response byViewer =
                Api.as("viewer").contentType("application/json").body(body).put(NAMESPACE + "/credentials/by-viewer");

        Api.assertProblem(byViewer, 403, "forbidden");
        assertThat(Api.as("viewer").get(NAMESPACE + "/credentials").statusCode())
                .isEqualTo(200);
    }

    @Test
    void oneThatIsUsedIsNotDeletedAndAnotherTypeIsNotTaken() {
        Api.put(NAMESPACE, "{}");
        put(NAMESPACE + "/credentials/used", certificate(SERVER));
        put(NAMESPACE + "/credentials/token", "{\"spec\": {\"type\": \"Token\", \"data\": {\"token\": \"hunter2\"}}}");
        String gateway = NAMESPACE + "/egress-gateways/tls";
        String listener =
                "spec: {listeners: [{name: tls, port: 443, protocol: HTTPS, tls: {credentialRef: {name: %s}}}]}";

        assertThat(Api.put(gateway, listener.formatted("used")).statusCode()).isEqualTo(201);
        assertViolation(
                Api.put(gateway, listener.formatted("absent")), "/spec/listeners/0/tls/credentialRef", "RefNotFound");
        assertViolation(
                Api.put(gateway, listener.formatted("token")), "/spec/listeners/0/tls/credentialRef", "WrongType");
        Api.assertProblem(Api.as("admin").delete(NAMESPACE + "/credentials/used"), 409, "conflict");
    }

    private static Response put(String body) {
        return put(NAMESPACE + "/credentials/refused", body);
    }

    private static Response put(String path, String body) {
        return Api.as("admin").contentType("application/json").body(body).put(path);
    }

    private static String certificate(IssuedCertificate certificate) {
        return certificate(certificate.chain(), certificate.privateKey());
    }

    private static String certificate(String chain, String key) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.putObject("spec")
                .put("type", "Certificate")
                .putObject("data")
                .put("certificate", chain)
                .put("privateKey", key);
        return document.toString();
    }

    private static String bundle(String pem) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.putObject("spec").put("type", "CaBundle").putObject("data").put("caBundle", pem);
        return document.toString();
    }

    private static String secretLine(IssuedCertificate certificate) {
        return certificate.privateKey().lines().skip(1).findFirst().orElseThrow();
    }

    private static void assertViolation(Response response, String pointer, String reason) {
        Api.assertProblem(response, 422, "invalid");
        assertThat(response.<List<String>>path("errors.pointer")).contains(pointer);
        assertThat(response.<List<String>>path("errors.reason")).contains(reason);
    }
}
