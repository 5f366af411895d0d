package io.sallyport.testkit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.sallyport.local.CertificateAuthority;
import io.sallyport.local.IssuedCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;

/** TLS for agents: the program reads its certificate and whom it trusts from files that a test may change. */
public final class AgentTlsResource implements QuarkusTestResourceLifecycleManager {
    public static final String SERVER = "control-plane.test";
    public static final String TRUST_DOMAIN = "corp.test";

    /** Who signs for the server, and for agents. */
    public static final CertificateAuthority SERVERS = CertificateAuthority.named("servers");

    public static final CertificateAuthority AGENTS = CertificateAuthority.named("agents");

    private static final Path FOLDER = newFolder();

    @Override
    public Map<String, String> start() {
        serve(SERVERS.serverOf(List.of(SERVER, "127.0.0.1")));
        trust(AGENTS.bundle());
        return Map.of(
                "sallyport.grpc.tls.certificate",
                file("server.crt").toString(),
                "sallyport.grpc.tls.key",
                file("server.key").toString(),
                "sallyport.grpc.tls.trust-bundles",
                file("trust").toString(),
                "sallyport.grpc.tls.reload-interval",
                "200ms",
                "sallyport.grpc.limits.refused-for",
                "200ms",
                "sallyport.grpc.limits.refusals-per-second",
                "2");
    }

    public static void serve(IssuedCertificate certificate) {
        write(file("server.key"), certificate.privateKey());
        write(file("server.crt"), certificate.chain());
    }

    public static void breakCertificate() {
        write(file("server.crt"), "nothing");
    }

    public static void trust(String pem) {
        write(bundle(), pem);
    }

    public static void trustNobody() {
        try {
            Files.deleteIfExists(bundle());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** For a program that is to know the server. */
    public static void copyAuthorities(Path file) {
        write(file, SERVERS.bundle());
    }

    private static Path bundle() {
        return file("trust").resolve(TRUST_DOMAIN + ".pem");
    }

    private static Path file(String name) {
        return FOLDER.resolve(name);
    }

    // Never half of it, as we tell users to do it.
    private static void write(Path file, String content) {
        try {
            Files.createDirectories(file.getParent());
            Path next = Files.writeString(file.resolveSibling("." + file.getFileName() + ".next"), content);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("sallyport-agent-tls");
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public void stop() {
        // Temporary files; another class writes them anew.
    }
}
