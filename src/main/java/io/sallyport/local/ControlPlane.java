package io.sallyport.local;

import java.net.URI;
import java.util.List;
import java.util.Map;

/** The packaged program itself, run as a user would run it. */
record ControlPlane(ChildProcess process, URI url, String grpc) {

    static ControlPlane start(UpOptions options, LocalPostgres postgres, LocalIssuer issuer) {
        var jar = Checkout.target().resolve("quarkus-app/quarkus-run.jar");
        var command = List.of(Checkout.java(), "-jar", jar.toString());
        var environment = Map.of(
                "SALLYPORT_HTTP_PORT", Integer.toString(options.httpPort()),
                "SALLYPORT_GRPC_PORT", Integer.toString(options.grpcPort()),
                "SALLYPORT_DATABASE_URL", postgres.jdbcUrl(),
                "SALLYPORT_DATABASE_USER", LocalPostgres.USER,
                "SALLYPORT_ISSUER", issuer.issuerUri().toString());
        var log = Checkout.state().resolve("log/control-plane.log");
        return new ControlPlane(
                ChildProcess.start("control-plane", command, environment, log),
                URI.create("http://127.0.0.1:" + options.httpPort()),
                "127.0.0.1:" + options.grpcPort());
    }
}
