package io.sallyport.local;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What the issuer's process is told: its key, its login page, and which claims each token carries. */
final class IssuerConfiguration {

    private IssuerConfiguration() {}

    static Path write(Path folder, SigningKey key, Duration tokenLife) {
        var callback = Map.of(
                "issuerId", "sallyport",
                "tokenExpiry", tokenLife.toSeconds(),
                "requestMappings",
                        Stream.concat(
                                        Stream.of(agent()),
                                        LocalIssuer.USERS.stream().map(IssuerConfiguration::user))
                                .toList());
        var configuration = Map.of(
                "httpServer", "NettyWrapper",
                "interactiveLogin", true,
                "loginPagePath",
                        Checkout.root().resolve("src/local/issuer/login.html").toString(),
                "tokenProvider", Map.of("keyProvider", Map.of("initialKeys", key.jwk(), "algorithm", "RS256")),
                "tokenCallbacks", List.of(callback));
        try {
            Files.createDirectories(folder);
            var file = folder.resolve("issuer.json").toAbsolutePath();
            Files.deleteIfExists(file);
            Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            return Files.writeString(file, new ObjectMapper().writeValueAsString(configuration));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, Object> agent() {
        var claims = Map.of(
                "sub", "${clientId}",
                "azp", "${clientId}",
                "client_id", "${clientId}",
                "aud", List.of("sallyport"));
        return Map.of("requestParam", "grant_type", "match", "client_credentials", "claims", claims);
    }

    /** Every user is of the group that bears his name; the administrator is of the one that needs no role binding. */
    private static Map<String, Object> user(String name) {
        var claims = Map.of(
                "sub", name, "preferred_username", name, "groups", List.of(group(name)), "aud", List.of("sallyport"));
        return Map.of("requestParam", "username", "match", name, "claims", claims);
    }

    private static String group(String user) {
        return user.equals("admin") ? LocalIssuer.ADMINISTRATORS : user;
    }
}
