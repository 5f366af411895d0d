package io.sallyport.local;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** The example's gateway: a real Envoy, attached as any other would be. */
record GatewayEnvoy(ChildProcess process, Path adminSocket) {

    /** Empty where no Envoy can be had. */
    static Optional<GatewayEnvoy> start(ControlPlane controlPlane, LocalIssuer issuer) {
        Report.say("Starting the gateway's Envoy (the first time may have to fetch one) ...");
        return EnvoyBinary.findOrInstall().map(envoy -> attach(envoy, controlPlane, issuer));
    }

    private static GatewayEnvoy attach(EnvoyBinary envoy, ControlPlane controlPlane, LocalIssuer issuer) {
        var folder = Checkout.state().resolve("gateway");
        var bootstrap = BootstrapVerb.write(
                new ApiClient(controlPlane.url(), issuer.userToken("admin")),
                Example.GATEWAY,
                controlPlane.grpc(),
                issuer.issuerUri(),
                folder);
        var process = ChildProcess.start(
                "envoy",
                EnvoyLaunch.command(envoy.path().toString(), bootstrap),
                Map.of(),
                Checkout.state().resolve("log/envoy.log"));
        return new GatewayEnvoy(process, folder.resolve("admin.sock"));
    }

    /** It serves when the example's own lines do what we say of them. */
    void awaitTraffic() {
        if (CurlLine.canBeTried()) {
            Example.LINES.forEach(line -> Await.that("'" + line.line() + "'", process, line::holds));
        } else {
            Await.that("Envoy", process, () -> Ports.isTaken(10080));
        }
    }
}
