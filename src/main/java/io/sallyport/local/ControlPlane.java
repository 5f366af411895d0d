package io.sallyport.local;

import java.net.URI;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The packaged program itself, run as a user would run it. */
public record ControlPlane(ChildProcess process, URI url, String grpc) {
    /** Settings for one that lives for seconds: it is ready sooner, and never as fast as it might become. */
    public static final Map<String, String> BRIEF =
            Map.of("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC");

    static ControlPlane start(UpOptions options, LocalPostgres postgres, LocalIssuer issuer) {
        return start(
                options.httpPort(),
                options.grpcPort(),
                Map.of(
                        "SALLYPORT_DATABASE_URL", postgres.jdbcUrl(),
                        "SALLYPORT_DATABASE_USER", LocalPostgres.USER,
                        "SALLYPORT_ISSUER", issuer.issuerUri().toString(),
                        "SALLYPORT_ENCRYPTION_KEY", EncryptionKey.of(options.data())),
                Checkout.state().resolve("log/control-plane.log"));
    }

    /** On loopback, with settings as the README lists them; does not wait until it is ready. */
    public static ControlPlane start(int httpPort, int grpcPort, Map<String, String> settings, Path log) {
        var jar = Checkout.target().resolve("quarkus-app/quarkus-run.jar");
        var command = List.of(Checkout.java(), "-jar", jar.toString());
        var environment = new LinkedHashMap<>(settings);
        environment.put("SALLYPORT_HTTP_PORT", Integer.toString(httpPort));
        environment.put("SALLYPORT_GRPC_PORT", Integer.toString(grpcPort));
        return new ControlPlane(
                ChildProcess.start("control-plane", command, environment, log),
                URI.create("http://127.0.0.1:" + httpPort),
                "127.0.0.1:" + grpcPort);
    }

    private int grpcPort() {
        return Integer.parseInt(grpc.substring(grpc.lastIndexOf(':') + 1));
    }

    /** Waits until it can be used; throws, with its last words, where it ends instead. */
    public ControlPlane awaitReady() {
        var api = new ApiClient(url, "");
        Await.that("the control plane", process, () -> api.answers("/q/health/ready"));
        Await.that("Swagger UI", process, () -> api.answers("/q/swagger-ui/"));
        Await.that("the gRPC port", process, () -> Ports.isTaken(grpcPort()));
        return this;
    }
}
