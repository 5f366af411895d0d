package io.sallyport.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sallyport.identity.Caller;
import io.sallyport.store.KeptAnswers;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.PostgresResource;
import io.sallyport.usecase.AnswerOnce;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
final class OnceTest {
    @Inject
    DataSource database;

    @Inject
    KeptAnswers kept;

    @Test
    void aRepeatedWriteIsAnsweredAsTheFirstAndNotDoneAgain() {
        String key = UUID.randomUUID().toString();
        String path = "/api/v1/namespaces/once";

        Response first = put(key, path, "{}");
        Api.put(path, "metadata: {labels: {a: b}}").then().statusCode(200);
        Response again = put(key, path, "{}");

        assertThat(first.statusCode()).as(first.asString()).isEqualTo(201);
        assertThat(again.statusCode()).isEqualTo(201);
        assertThat(again.asString()).isEqualTo(first.asString());
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(again.header("Sallyport-Revision")).isEqualTo(first.header("Sallyport-Revision"));
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(Api.get(path).<String>path("metadata.labels.a")).isEqualTo("b");
    }

    @Test
    void aDeletionAndAnApplyAreRepeatedToo() {
        Api.put("/api/v1/namespaces/once-deleted", "{}").then().statusCode(201);
        String delete = UUID.randomUUID().toString();
        String apply = UUID.randomUUID().toString();
        String world = Api.world("once-applied", 162);

        for (int time = 0; time < 2; time++) {
            assertThat(Api.as("admin")
                            .header("Idempotency-Key", delete)
                            .delete("/api/v1/namespaces/once-deleted")
                            .statusCode())
                    .isEqualTo(204);
            assertThat(Api.as("admin")
                            .header("Idempotency-Key", apply)
                            .contentType("application/yaml")
                            .body(world)
                            .post("/api/v1/apply")
                            .<List<String>>path("items.result"))
                    .containsOnly("Created");
        }
    }

    @Test
    void aKeyIsForOneRequestOfOneCaller() {
        String key = UUID.randomUUID().toString();
        put(key, "/api/v1/namespaces/once-key", "{}").then().statusCode(201);

        Response body = put(key, "/api/v1/namespaces/once-key", "metadata: {labels: {a: b}}");
        Response path = put(key, "/api/v1/namespaces/once-other", "{}");
        Response caller = Api.as("developer")
                .header("Idempotency-Key", key)
                .contentType("application/yaml")
                .body("spec: {}")
                .put("/api/v1/namespaces/once-key/workloads/w");

        Api.assertProblem(body, 422, "idempotency-key-reused");
        Api.assertProblem(path, 422, "idempotency-key-reused");
        assertThat(caller.statusCode()).as(caller.asString()).isEqualTo(201);
    }

    @Test
    void whatWasRefusedFreesItsKey() {
        String key = UUID.randomUUID().toString();

        Response refused = put(key, "/api/v1/namespaces/once-refused", "{nothing: 1}");
        Response mended = put(key, "/api/v1/namespaces/once-refused", "{}");

        Api.assertProblem(refused, 422, "invalid");
        assertThat(mended.statusCode()).isEqualTo(201);
        Api.assertProblem(put("with space", "/api/v1/namespaces/once-refused", "{}"), 400, "malformed-request");
        Api.assertProblem(put("x".repeat(256), "/api/v1/namespaces/once-refused", "{}"), 400, "malformed-request");
    }

    @Test
    void ofManyAtOnceOneIsDone() throws Exception {
        String key = UUID.randomUUID().toString();
        Api.as("admin");
        long head = Api.head();
        List<Callable<Response>> work = IntStream.range(0, 8)
                .<Callable<Response>>mapToObj(ignored -> () -> put(key, "/api/v1/namespaces/once-raced", "{}"))
                .toList();

        List<Response> answers;
        try (var threads = Executors.newFixedThreadPool(8)) {
            answers = threads.invokeAll(work).stream()
                    .map(done -> done.resultNow())
                    .toList();
        }

        assertThat(answers).extracting(Response::statusCode).contains(201).isSubsetOf(201, 409);
        assertThat(answers.stream()
                        .filter(answer -> answer.statusCode() == 201)
                        .map(Response::asString)
                        .collect(Collectors.toSet()))
                .hasSize(1);
        assertThat(Api.head()).isEqualTo(head + 1);
    }

    @Test
    void anAnswerOutlivesTheReplicaAndAWriteThatDiedIsDoneAnew() {
        Caller caller = new Caller("ann", "issuer/ann", Set.of(), false);
        String key = UUID.randomUUID().toString();
        Instant start = Instant.parse("2026-01-01T00:00:00Z");
        AnswerOnce died = new AnswerOnce(kept, () -> start);
        AnswerOnce soon = new AnswerOnce(kept, () -> start.plusSeconds(59));
        AnswerOnce later = new AnswerOnce(kept, () -> start.plusSeconds(61));
        AnswerOnce restarted = new AnswerOnce(kept, () -> start.plusSeconds(3600));

        assertThatThrownBy(() -> died.answer(caller, key, "a", () -> {
                    throw new StackOverflowError("the replica dies within the write");
                }))
                .isInstanceOf(StackOverflowError.class);
        assertThatThrownBy(() -> soon.answer(caller, key, "a", () -> given("soon")))
                .hasMessageContaining("under way");
        assertThat(later.answer(caller, key, "a", () -> given("later")).isRepeated())
                .isFalse();

        AnswerOnce.Outcome again = restarted.answer(caller, key, "a", () -> given("restarted"));
        assertThat(again).isEqualTo(new AnswerOnce.Outcome(given("later"), true));
    }

    private static AnswerOnce.Given given(String body) {
        return new AnswerOnce.Given(200, "{}", body);
    }

    @Test
    void nothingOfASecretIsKept() throws SQLException {
        Api.put("/api/v1/namespaces/once-secret", "{}").then().statusCode(201);
        put(
                        "a-key-to-find",
                        "/api/v1/namespaces/once-secret/credentials/key",
                        "spec: {type: Token, data: {token: a-token-to-find}}")
                .then()
                .statusCode(201);

        try (var connection = database.getConnection();
                var rows = connection
                        .createStatement()
                        .executeQuery("SELECT string_agg(answers::text, '') FROM answers")) {
            assertThat(rows.next()).isTrue();
            assertThat(rows.getString(1)).contains("once-secret").doesNotContain("a-token-to-find", "a-key-to-find");
        }
    }

    @Test
    void everyAnswerHasTheIdOfItsRequestAndARevision() {
        Response own = Api.as("viewer").header("X-Request-Id", "build-7").get("/api/v1/namespaces");
        Response traced = Api.as("viewer")
                .header("traceparent", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01")
                .get("/api/v1/namespaces/none");
        Response made = Api.anonymous().header("X-Request-Id", "no good").get("/api/v1/namespaces");

        assertThat(own.header("X-Request-Id")).isEqualTo("build-7");
        assertThat(own.header("Sallyport-Revision")).matches("\\d+");
        assertThat(traced.header("X-Request-Id")).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(traced.<String>path("requestId")).isEqualTo("4bf92f3577b34da6a3ce929d0e0e4736");
        assertThat(traced.header("Sallyport-Revision")).matches("\\d+");
        Api.assertProblem(made, 401, "unauthenticated");
        assertThat(made.header("X-Request-Id")).matches("[0-9a-f-]{36}").isEqualTo(made.path("requestId"));
        assertThat(Api.anonymous().get("/q/health").header("X-Request-Id")).isNotBlank();
        Response written = Api.put("/api/v1/namespaces/once-told", "{}");
        assertThat(written.headers().getValues("Sallyport-Revision"))
                .containsExactly(written.path("metadata.revision").toString());
    }

    private static Response put(String key, String path, String body) {
        return Api.as("admin")
                .header("Idempotency-Key", key)
                .contentType("application/yaml")
                .body(body)
                .put(path);
    }
}
