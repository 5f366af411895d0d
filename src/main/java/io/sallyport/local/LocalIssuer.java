package io.sallyport.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** An OIDC issuer on loopback with users to bind roles to; any client id may be an agent. For local use alone. */
public final class LocalIssuer implements AutoCloseable {

    public static final List<String> USERS = List.of("admin", "operator", "security", "developer", "auditor", "viewer");

    /** The group that the program takes for administrators unless it is told another. */
    static final String ADMINISTRATORS = "sallyport-administrators";

    private static final String ISSUER_ID = "sallyport";
    static final Duration TOKEN_LIFE = Duration.ofHours(1);

    private final ChildProcess process;
    private final SigningKey key;
    private final IssuerClient client;

    private LocalIssuer(ChildProcess process, SigningKey key, URI issuerUri) {
        this.process = process;
        this.key = key;
        this.client = new IssuerClient(issuerUri);
    }

    /** Starts on a free port. */
    public static LocalIssuer start() {
        return start(Ports.free());
    }

    public static LocalIssuer start(int port) {
        return start(port, TOKEN_LIFE, Checkout.target().resolve("issuer").resolve("run-" + port));
    }

    /** A short life of tokens makes agents renew often; the folder keeps configuration and log. */
    public static LocalIssuer start(int port, Duration tokenLife, Path folder) {
        var key = SigningKey.generate();
        var configuration = IssuerConfiguration.write(folder, key, tokenLife);
        var command = List.of(
                Checkout.java(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xshare:auto",
                "-Xmx128m",
                "-cp",
                IssuerLibraries.classPath(),
                "no.nav.security.mock.oauth2.StandaloneMockOAuth2ServerKt");
        var environment = Map.of(
                "SERVER_HOSTNAME", "127.0.0.1",
                "SERVER_PORT", Integer.toString(port),
                "JSON_CONFIG_PATH", configuration.toString());
        var process = ChildProcess.start("issuer", command, environment, folder.resolve("issuer.log"));
        var issuer = new LocalIssuer(process, key, URI.create("http://127.0.0.1:" + port + "/" + ISSUER_ID));
        issuer.awaitReady();
        return issuer;
    }

    public URI issuerUri() {
        return client.issuerUri();
    }

    /** Where tokens come from, for whoever fetches his own. */
    public URI tokenUri() {
        return client.tokenUri();
    }

    ChildProcess process() {
        return process;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** A token of one of {@link #USERS}, or of somebody who is of no group. */
    public String userToken(String name) {
        return client.userToken(name);
    }

    /** A token as an agent fetches it: client credentials, no groups. */
    public String clientToken(String clientId) {
        return client.clientToken(clientId);
    }

    /** A valid signature over claims that ended a while ago. */
    public String expiredToken() {
        return sign(
                Map.of("sub", "admin", "preferred_username", "admin", "groups", List.of(ADMINISTRATORS)),
                Instant.now().minus(Duration.ofHours(1)));
    }

    /** Any token that this issuer could give: claims beside issuer, audience and time. */
    public String token(Map<String, Object> claims) {
        return sign(claims, Instant.now().plus(TOKEN_LIFE));
    }

    /** A client's token that ends soon. */
    public String shortLivedToken(String clientId, Duration life) {
        return sign(
                Map.of("sub", clientId, "azp", clientId, "client_id", clientId),
                Instant.now().plus(life));
    }

    @Override
    public void close() {
        process.close();
    }

    private String sign(Map<String, Object> claims, Instant expiry) {
        var all = new LinkedHashMap<>(claims);
        all.put("iss", issuerUri().toString());
        all.put("aud", "sallyport");
        all.put("iat", expiry.minus(TOKEN_LIFE).getEpochSecond());
        all.put("exp", expiry.getEpochSecond());
        try {
            return key.sign(ISSUER_ID, new ObjectMapper().writeValueAsString(all));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void awaitReady() {
        var deadline = Instant.now().plus(Duration.ofSeconds(60));
        while (!client.isReady()) {
            if (!process.isAlive() || Instant.now().isAfter(deadline)) {
                process.close();
                throw new IllegalStateException("the local issuer did not start:\n" + process.output());
            }
            Pause.briefly();
        }
    }
}
