package io.sallyport.local;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.testkit.IssuerResource;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.KeyFactory;
import java.security.Signature;
import java.security.spec.RSAPublicKeySpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LocalIssuerTest {

    private static final LocalIssuer ISSUER = IssuerResource.issuer();

    @ParameterizedTest
    @ValueSource(strings = {"operator", "security", "developer", "auditor", "viewer"})
    void aUserIsInTheGroupOfHisName(String name) throws Exception {
        var claims = claims(ISSUER.userToken(name));

        assertThat(claims.at("/iss").asText()).isEqualTo(ISSUER.issuerUri().toString());
        assertThat(claims.at("/aud/0").asText(claims.at("/aud").asText())).isEqualTo("sallyport");
        assertThat(claims.at("/groups/0").asText()).isEqualTo(name);
        assertThat(claims.at("/preferred_username").asText()).isEqualTo(name);
    }

    @Test
    void anyClientIsAnAgentWithoutGroups() throws Exception {
        var claims = claims(ISSUER.clientToken("gateway-internet"));

        assertThat(claims.at("/azp").asText()).isEqualTo("gateway-internet");
        assertThat(claims.at("/client_id").asText()).isEqualTo("gateway-internet");
        assertThat(claims.has("groups")).isFalse();
    }

    @Test
    void whatIsSignedHereTheKeySetOfTheIssuerVerifies() throws Exception {
        assertThat(isVerified(ISSUER.userToken("admin"))).isTrue();
        assertThat(isVerified(ISSUER.shortLivedToken("gateway-internet", Duration.ofSeconds(2))))
                .isTrue();
        assertThat(isVerified(ISSUER.expiredToken())).isTrue();
    }

    @Test
    void theExpiredTokenIsExpired() throws Exception {
        assertThat(claims(ISSUER.expiredToken()).at("/exp").asLong())
                .isLessThan(Instant.now().getEpochSecond());
    }

    @Test
    void theLoginPageOffersEveryUser() throws Exception {
        var page = get(ISSUER.issuerUri()
                + "/authorize?response_type=code&client_id=swagger&scope=openid&redirect_uri=http://127.0.0.1/back");

        assertThat(page).contains(LocalIssuer.USERS);
    }

    private static JsonNode claims(String token) throws IOException {
        return new ObjectMapper().readTree(Base64.getUrlDecoder().decode(token.split("\\.", -1)[1]));
    }

    private static boolean isVerified(String token) throws Exception {
        var key = new ObjectMapper().readTree(get(ISSUER.issuerUri() + "/jwks")).at("/keys/0");
        var parts = token.split("\\.", -1);
        var verifier = Signature.getInstance("SHA256withRSA");
        verifier.initVerify(KeyFactory.getInstance("RSA")
                .generatePublic(new RSAPublicKeySpec(number(key.at("/n")), number(key.at("/e")))));
        verifier.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
        return verifier.verify(Base64.getUrlDecoder().decode(parts[2]));
    }

    private static BigInteger number(JsonNode value) {
        return new BigInteger(1, Base64.getUrlDecoder().decode(value.asText()));
    }

    private static String get(String uri) throws Exception {
        try (var http = HttpClient.newHttpClient()) {
            return http.send(HttpRequest.newBuilder(URI.create(uri)).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        }
    }
}
