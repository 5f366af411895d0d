package io.sallyport.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.sallyport.testkit.GeneratedClient;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.PostgresResource;
import java.util.List;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
final class GeneratedClientTest {
    @Test
    void aGeneratedClientCompilesAndDoesTheQuickStart() throws Exception {
        Api.as("admin");
        try (GeneratedClient client = GeneratedClient.compiledWith("examples/quickstart/QuickStart.java")) {
            List<?> said = client.run(
                    "QuickStart",
                    "http://127.0.0.1:" + RestAssured.port,
                    IssuerResource.issuer().userToken("admin"));

            assertThat(String.join("\n", said.stream().map(String::valueOf).toList()))
                    .matches("""
                    revision \\d+
                    checkout to billing: Allow
                    flows that would close: 1
                    turned round at revision \\d+
                    checkout to billing: Deny
                    rules: \\[checkout-to-billing\\]""");
        }
    }
}
