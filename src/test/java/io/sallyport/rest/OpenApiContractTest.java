package io.sallyport.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.sallyport.testkit.IssuerResource;
import io.sallyport.testkit.PostgresResource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

@QuarkusTest
@WithTestResource(PostgresResource.class)
@WithTestResource(IssuerResource.class)
final class OpenApiContractTest {
    private static final YAMLMapper YAML = new YAMLMapper();
    private static final JsonMapper SORTED = JsonMapper.builder()
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS, SerializationFeature.INDENT_OUTPUT)
            .build();

    @Test
    void whatIsServedIsTheReviewedContract() throws IOException {
        JsonNode reviewed = YAML.readTree(Files.readString(Path.of("openapi", "openapi.yaml")));

        assertThat(sorted(withoutIssuer(served())))
                .as("build once, review the change of openapi/openapi.yaml, and commit it")
                .isEqualTo(sorted(withoutIssuer(reviewed)));
    }

    @Test
    void theConfiguredIssuerIsNamed() throws IOException {
        assertThat(oidc(served()).path("openIdConnectUrl").asText())
                .isEqualTo(IssuerResource.issuer().issuerUri() + "/.well-known/openid-configuration");
    }

    @Test
    void everyOperationSaysWhatItIsFor() throws IOException {
        for (JsonNode path : served().path("paths")) {
            for (JsonNode operation : path) {
                assertThat(operation.path("summary").asText()).isNotBlank();
                assertThat(operation.path("responses").has("401")).isTrue();
            }
        }
    }

    private static JsonNode served() throws IOException {
        return YAML.readTree(
                Api.anonymous().accept("application/yaml").get("/q/openapi").asString());
    }

    // What is written at build time and what is served may have the fields of an object in another order.
    private static String sorted(JsonNode contract) throws IOException {
        return SORTED.writeValueAsString(SORTED.treeToValue(contract, Object.class));
    }

    private static JsonNode withoutIssuer(JsonNode contract) {
        oidc(contract).remove("openIdConnectUrl");
        return contract;
    }

    private static ObjectNode oidc(JsonNode contract) {
        return (ObjectNode) contract.path("components").path("securitySchemes").path("oidc");
    }
}
