package io.sallyport.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.Response;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.PostgresResource;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What every write takes, and that none ignores what it does not take. */
@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
final class EveryWriteTest {
    @ParameterizedTest
    @EnumSource(Write.class)
    void aRepeatedRequestIsDoneOnce(Write write) {
        Write.Call call = write.prepared(name("once", write));
        long head = Api.head();
        String key = UUID.randomUUID().toString();

        Response first = call.send("", "Idempotency-Key", key);
        Response again = call.send("", "Idempotency-Key", key);

        assertThat(first.statusCode()).as(first.asString()).isBetween(200, 204);
        assertThat(again.statusCode()).isEqualTo(first.statusCode());
        assertThat(again.asString()).isEqualTo(first.asString());
        assertThat(again.header("ETag")).isEqualTo(first.header("ETag"));
        assertThat(again.header("Location")).isEqualTo(first.header("Location"));
        assertThat(first.header("Idempotency-Replayed")).isNull();
        assertThat(again.header("Idempotency-Replayed")).isEqualTo("true");
        assertThat(Api.head()).isEqualTo(write.makesRevision() ? head + 1 : head);
    }

    @ParameterizedTest
    @EnumSource(Write.class)
    void aDryRunWritesNothingOrIsRefused(Write write) {
        Write.Call call = write.prepared(name("tried", write));
        long head = Api.head();

        Response tried = call.send("?dryRun=true");
        List<Response> refused = List.of(
                call.send("?dryRun=true&confirmWithin=1ms"),
                call.send("?dryRun=true&text=perhaps"),
                call.send("?dryRun=true&emergency=1h"),
                call.send("?format=envoy"),
                call.send("?text=true"));

        refused.forEach(one -> Api.assertProblem(one, 400, "malformed-request"));
        if (write.makesRevision()) {
            assertThat(tried.statusCode()).as(tried.asString()).isBetween(200, 201);
            assertThat(tried.asString()).contains("\"changes\"");
        } else {
            Api.assertProblem(tried, 400, "malformed-request");
        }
        assertThat(Api.head()).isEqualTo(head);
    }

    @ParameterizedTest
    @EnumSource(Write.class)
    void whatIsToBeConfirmedSaysUntilWhenOrIsRefused(Write write) {
        Write.Call call = write.prepared(name("confirmed", write));

        Response refused = call.send("?confirmWithin=1ms");
        Response written = call.send("?confirmWithin=1h", "Sallyport-Message", "until it is confirmed");

        Api.assertProblem(refused, 400, "malformed-request");
        if (write.makesRevision()) {
            assertThat(written.statusCode()).as(written.asString()).isBetween(200, 204);
            assertThat(written.header("Sallyport-Confirm-By")).matches("\\d{4}-.*Z");
            String revision = "/api/v1/revisions/" + written.header("Sallyport-Revision");
            assertThat(Api.get(revision).<String>path("message")).isEqualTo("until it is confirmed");
            assertThat(Api.as("admin").post(revision + "/confirm").statusCode()).isEqualTo(200);
        } else {
            Api.assertProblem(written, 400, "malformed-request");
        }
    }

    @ParameterizedTest
    @EnumSource(Write.class)
    void aConditionIsKeptOrRefused(Write write) {
        Write.Call call = write.prepared(name("conditional", write));
        long head = Api.head();

        Response stale = call.send("", "If-Match", "\"987654321\"");
        String dryRun = write.makesRevision() ? "?dryRun=true" : "";
        Response tried = call.send(dryRun, "If-Match", "\"987654321\"");
        Response create = call.send(dryRun, "If-None-Match", "*");

        for (Response refused : List.of(stale, tried)) {
            if (write.hasTag()) {
                Api.assertProblem(refused, 412, "stale");
            } else {
                Api.assertProblem(refused, 400, "malformed-request");
            }
        }
        assertThat(create.statusCode()).as(create.asString()).isEqualTo(write == Write.PUT ? 201 : 400);
        assertThat(Api.head()).isEqualTo(head);
    }

    @ParameterizedTest
    @EnumSource(Write.class)
    void wordsAreKeptOrRefused(Write write) {
        Write.Call call = write.prepared(name("said", write));
        long head = Api.head();

        Response needless = call.send("?emergency=1h", "Sallyport-Emergency-Reason", "INC-1");
        Response lone = call.send("", "Sallyport-Emergency-Reason", "INC-1");
        Response message = call.send("", "Sallyport-Message", "words");

        if (write.makesRevision()) {
            Api.assertProblem(needless, 409, "conflict");
        } else {
            Api.assertProblem(needless, 400, "malformed-request");
        }
        Api.assertProblem(lone, 400, "malformed-request");
        if (write.takesWords()) {
            assertThat(message.statusCode()).as(message.asString()).isBetween(200, 204);
        } else {
            Api.assertProblem(message, 400, "malformed-request");
            assertThat(Api.head()).isEqualTo(head);
        }
    }

    @ParameterizedTest
    @EnumSource(Write.class)
    void whatIsMisspeltIsNotWrittenForGood(Write write) {
        Write.Call call = write.prepared(name("misspelt", write));
        long head = Api.head();

        for (String query : List.of(
                "?dryrun=true", "?confirmWithin=1h&confirmWithin=2h", "?Message=words", "?fields=metadata.name")) {
            Api.assertProblem(call.send(query), 400, "malformed-request");
        }
        assertThat(Api.head()).isEqualTo(head);
    }

    private static String name(String claim, Write write) {
        return claim + "-" + write.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
