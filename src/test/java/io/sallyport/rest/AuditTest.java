package io.sallyport.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.agroal.api.AgroalDataSource;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.response.Response;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.PostgresResource;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
final class AuditTest {
    private static final String EVENTS = "/api/v1/audit-events";
    private static final String VERIFY = EVENTS + "/verify";

    @Inject
    AgroalDataSource database;

    @Test
    void aChangeIsThereWithWhoWhenWhyAndWhatItWasBefore() {
        Api.put("/api/v1/namespaces/audited", "metadata: {labels: {team: a}}");
        Response change = Api.as("admin")
                .header("Sallyport-Message", "they moved")
                .contentType("application/yaml")
                .body("metadata: {labels: {team: b}}")
                .put("/api/v1/namespaces/audited");

        JsonPath event = newest("kind=Namespace&name=audited");

        assertThat(event.getString("actor.name")).isEqualTo("admin");
        assertThat(event.getString("actor.id"))
                .isEqualTo(IssuerResource.issuer().issuerUri() + "/admin");
        assertThat(event.getString("request")).isEqualTo(change.header("X-Request-Id"));
        assertThat(event.getString("operation")).isEqualTo("PUT /api/v1/namespaces/audited");
        assertThat(event.getString("outcome")).isEqualTo("Done");
        assertThat(event.getString("reason")).isEqualTo("they moved");
        assertThat(event.getString("revision")).isEqualTo(change.header("Sallyport-Revision"));
        assertThat(event.getString("before.metadata.labels.team")).isEqualTo("a");
        assertThat(event.getString("after.metadata.labels.team")).isEqualTo("b");
    }

    @Test
    void aDeletionShowsWhatWasThere() {
        Api.put("/api/v1/namespaces/gone", "metadata: {labels: {team: a}}");
        Api.as("admin").delete("/api/v1/namespaces/gone");

        JsonPath event = newest("kind=Namespace&name=gone");

        assertThat(event.getString("before.metadata.labels.team")).isEqualTo("a");
        assertThat(event.<Object>get("after")).isNull();
    }

    @Test
    void secretsAreNotShown() {
        Api.put("/api/v1/namespaces/discreet", "{}");
        Api.put("/api/v1/namespaces/discreet/credentials/key", "spec: {type: Token, data: {token: hunter2}}");
        Api.put("/api/v1/namespaces/discreet/credentials/key", "spec: {type: Token, data: {token: hunter3}}");

        Response events = Api.as("auditor").get(EVENTS + "?namespace=discreet");

        assertThat(events.asString()).doesNotContain("hunter").contains("\"token\":\"(secret)\"");
    }

    @ParameterizedTest
    @CsvSource({"viewer,,{},403", "admin,\"1\",{},412", "admin,,spec: {scopes: {cidrs: [nonsense]}},422"})
    void anAttemptThatWasRefusedIsThereToo(String user, String ifMatch, String body, int status) {
        Api.put("/api/v1/namespaces/tried", "{}");

        var request = Api.as(user).contentType("application/yaml").body(body);
        Response refused =
                (ifMatch == null ? request : request.header("If-Match", ifMatch)).put("/api/v1/namespaces/tried");
        JsonPath event = newest("namespace=tried&outcome=Refused");

        assertThat(refused.statusCode()).isEqualTo(status);
        assertThat(event.getString("actor.name")).isEqualTo(user);
        assertThat(event.getInt("status")).isEqualTo(status);
        assertThat(event.getString("request")).isEqualTo(refused.header("X-Request-Id"));
        assertThat(event.getString("reason")).contains(refused.<String>path("detail"));
    }

    @Test
    void aConflictAndARefusedBatchAreThereForEachOfTheirResources() {
        Api.apply(Api.world("clashing", 51));
        Api.as("admin").delete("/api/v1/namespaces/clashing/destinations/billing");
        Api.as("viewer")
                .contentType("application/yaml")
                .body(Api.world("clashing", 51))
                .post("/api/v1/apply");

        assertThat(newest("name=billing&outcome=Refused&actor=admin").getInt("status"))
                .isEqualTo(409);
        assertThat(Api.as("auditor")
                        .get(EVENTS + "?namespace=clashing&outcome=Refused&actor=viewer")
                        .<List<String>>path("items.resource.kind"))
                .contains("EgressRule", "Destination", "Workload", "EgressGateway", "Namespace");
    }

    @Test
    void aTrialOrAQuestionIsNoAttempt() {
        Api.put("/api/v1/namespaces/asked-about?dryRun=true", "spec: {scopes: {cidrs: [nonsense]}}");
        Api.as("viewer").contentType("application/yaml").body("{}").post("/api/v1/explain");

        assertThat(Api.as("auditor").get(EVENTS + "?name=asked-about").<List<Object>>path("items"))
                .isEmpty();
        assertThat(Api.as("auditor").get(EVENTS + "?limit=500").asString()).doesNotContain("explain");
    }

    @Test
    void pagesFollowEachOtherWithoutGapOrRepeat() {
        for (int each = 0; each < 5; each++) {
            Api.put("/api/v1/namespaces/paged", "metadata: {labels: {n: \"%d\"}}".formatted(each));
        }

        Response first = Api.as("auditor").get(EVENTS + "?name=paged&limit=3");
        Response rest = Api.as("auditor").get(EVENTS + "?name=paged&limit=3&continue=" + first.path("continue"));

        assertThat(first.<List<Integer>>path("items.sequence")).hasSize(3);
        assertThat(rest.<List<String>>path("items.after.metadata.labels.n")).containsExactly("1", "0");
        assertThat(rest.<Object>path("continue")).isNull();
    }

    @Test
    void timesBoundWhatIsShown() {
        Api.put("/api/v1/namespaces/timed", "{}");
        String at = newest("name=timed").getString("at");

        assertThat(Api.as("auditor").get(EVENTS + "?name=timed&since=" + at).<List<Object>>path("items"))
                .hasSize(1);
        assertThat(Api.as("auditor").get(EVENTS + "?name=timed&until=" + at).<List<Object>>path("items"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"outcome=Maybe", "kind=Thing", "name=A_B", "since=yesterday", "continue=x", "limit=0"})
    void whatCannotBeReadIsToldByName(String query) {
        Response response = Api.as("auditor").get(EVENTS + "?" + query);

        Api.assertProblem(response, 400, "malformed-request");
        assertThat(response.<String>path("detail")).contains(query.substring(0, query.indexOf('=')));
    }

    @Test
    void anAuditorOfOneNamespaceSeesThatAlone() {
        Api.put("/api/v1/namespaces/own", "{}");
        Api.put("/api/v1/namespaces/others", "{}");
        Api.put(
                "/api/v1/namespaces/own/role-bindings/auditors",
                "spec: {role: auditor, subjects: [{group: own-auditors}]}");
        String auditor = IssuerResource.issuer().token(Map.of("sub", "oda", "groups", List.of("own-auditors")));

        Response all = Api.anonymous().auth().oauth2(auditor).get(EVENTS + "?limit=500");
        Response foreign = Api.anonymous().auth().oauth2(auditor).get(EVENTS + "?namespace=others");
        Response verified = Api.anonymous().auth().oauth2(auditor).get(VERIFY);

        assertThat(all.<List<Map<String, String>>>path("items.resource"))
                .isNotEmpty()
                .allSatisfy(resource -> assertThat(resource.getOrDefault("namespace", resource.get("name")))
                        .isEqualTo("own"));
        Api.assertProblem(foreign, 403, "forbidden");
        Api.assertProblem(verified, 403, "forbidden");
        Api.assertProblem(Api.as("viewer").get(EVENTS), 403, "forbidden");
    }

    @Test
    void aFloodOfRefusalsIsBoundedAndCounted() {
        String flooder = IssuerResource.issuer().token(Map.of("sub", "flo"));
        int attempts = 200;
        for (int each = 0; each < attempts; each++) {
            Api.anonymous().auth().oauth2(flooder).delete("/api/v1/namespaces/flooded");
        }

        // Those that were left out are told of by an event of their own after a while.
        await().untilAsserted(() -> {
            JsonPath events =
                    Api.as("auditor").get(EVENTS + "?actor=flo&limit=500").jsonPath();
            int recorded = (int) events.getList("items.status").stream()
                    .filter(each -> each != null)
                    .count();
            int leftOut = events.<Integer>getList("items.leftOut").stream()
                    .filter(each -> each != null)
                    .mapToInt(each -> each)
                    .sum();
            assertThat(recorded + leftOut).isEqualTo(attempts);
            assertThat(recorded).isLessThan(attempts);
        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UPDATE audit_events SET actor = 'eve' WHERE sequence = (SELECT max(sequence) - 2 FROM audit_events)",
                "UPDATE audit_events SET resource_after = '{}' WHERE sequence = (SELECT max(sequence) - 1 FROM audit_events)",
                "UPDATE audit_events SET at = at - interval '1 day' WHERE sequence = (SELECT max(sequence) FROM audit_events)",
                "DELETE FROM audit_events WHERE sequence = (SELECT max(sequence) - 1 FROM audit_events)",
                "DELETE FROM audit_events WHERE sequence = (SELECT max(sequence) FROM audit_events)",
                "DELETE FROM audit_events",
                "DO $$ DECLARE last bigint := (SELECT max(sequence) FROM audit_events); BEGIN"
                        + " UPDATE audit_events SET sequence = last + 1 WHERE sequence = last - 1;"
                        + " UPDATE audit_events SET sequence = last - 1 WHERE sequence = last;"
                        + " UPDATE audit_events SET sequence = last WHERE sequence = last + 1; END $$"
            })
    void whatWasTamperedWithIsFound(String tampering) throws SQLException {
        Api.put("/api/v1/namespaces/tampered", "{}");
        Api.as("admin").delete("/api/v1/namespaces/tampered");
        assertThat(Api.as("auditor").get(VERIFY).<Boolean>path("intact")).isTrue();

        Response verdict = whileTampered(tampering, () -> Api.as("auditor").get(VERIFY));

        assertThat(verdict.<Boolean>path("intact")).as(tampering).isFalse();
        assertThat(verdict.<String>path("fault")).isNotBlank();
        assertThat(Api.as("auditor").get(VERIFY).<Boolean>path("intact")).isTrue();
    }

    @Test
    void whoRewritesAllOfItIsFoundByWhatWasNotedBefore() throws SQLException {
        Api.put("/api/v1/namespaces/noted", "{}");
        Response noted = Api.as("auditor").get(VERIFY);
        String place = "?sequence=%s&hash=%s"
                .formatted(noted.path("verified.sequence").toString(), noted.<String>path("verified.hash"));

        Response later = whileTampered(
                "TRUNCATE audit_events; UPDATE audit_head SET sequence = 0, hash = ''",
                () -> Api.as("auditor").get(VERIFY + place));

        assertThat(later.<Boolean>path("intact")).isFalse();
        assertThat(Api.as("auditor").get(VERIFY + place).<Boolean>path("intact"))
                .isTrue();
        Api.assertProblem(Api.as("auditor").get(VERIFY + "?sequence=1"), 400, "malformed-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"UPDATE audit_events SET actor = ''", "DELETE FROM audit_events", "TRUNCATE audit_events"})
    void theDatabaseRefusesToChangeIt(String change) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            String refusal = "";
            try {
                statement.execute(change);
            } catch (SQLException refused) {
                refusal = refused.getMessage();
            }
            assertThat(refusal).contains("append-only");
        }
    }

    // Other tests write beside this one, and the trail is to be as it was for them.
    private Response whileTampered(String tampering, Supplier<Response> ask) throws SQLException {
        run("CREATE TABLE kept AS SELECT * FROM audit_events", "CREATE TABLE kept_head AS SELECT * FROM audit_head");
        run("ALTER TABLE audit_events DISABLE TRIGGER ALL", tampering);
        try {
            return ask.get();
        } finally {
            run(
                    "DELETE FROM audit_events",
                    "INSERT INTO audit_events SELECT * FROM kept",
                    "UPDATE audit_head SET (sequence, hash) = (SELECT sequence, hash FROM kept_head)",
                    "ALTER TABLE audit_events ENABLE TRIGGER ALL",
                    "DROP TABLE kept",
                    "DROP TABLE kept_head");
        }
    }

    private void run(String... statements) throws SQLException {
        try (var connection = database.getConnection();
                var statement = connection.createStatement()) {
            for (String each : statements) {
                statement.execute(each);
            }
        }
    }

    private static JsonPath newest(String query) {
        Response events = Api.as("auditor").get(EVENTS + "?limit=1&" + query);
        assertThat(events.<List<Object>>path("items")).as(events.asString()).hasSize(1);
        return events.jsonPath().setRootPath("items[0]");
    }
}
