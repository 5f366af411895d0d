package io.sallyport.local;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.IntSupplier;

/** All that an {@code up} runs, started in the order of need and stopped in the opposite one. */
final class Everything implements AutoCloseable {

    private final UpOptions options;
    private final List<ChildProcess> children = new ArrayList<>();

    // Guarded by this: the shutdown hook may come while we still start.
    private final Deque<AutoCloseable> running = new ArrayDeque<>();
    private RunRecord record;
    private boolean closed;

    Everything(UpOptions options) {
        this.options = options;
        this.record = new RunRecord(options.data(), List.of())
                .with("launcher", ProcessHandle.current().pid());
    }

    /** Against the control plane that is up, or one of its own where none is. */
    static int whileUp(IntSupplier measure) {
        if (EnvironmentFile.isThere()) {
            return measure.getAsInt();
        }
        try (Everything own = new Everything(
                UpOptions.controlPlaneOnFreePorts(Checkout.state().resolve("bench")))) {
            Runtime.getRuntime().addShutdownHook(new Thread(own::close, "stop"));
            own.start();
            return measure.getAsInt();
        }
    }

    void start() {
        Report.say("Starting PostgreSQL, the issuer and the control plane ...");
        var issuer = CompletableFuture.supplyAsync(this::startIssuer);
        var postgres = keep(LocalPostgres.start(options.data().resolve("postgres"), options.postgresPort()));
        var controlPlane = startControlPlane(postgres, issuer.join());
        var environment = environment(controlPlane, issuer.join());
        Optional<GatewayEnvoy> gateway = Optional.empty();
        if (options.withExample()) {
            gateway = startExample(controlPlane, issuer.join(), environment);
        }
        EnvironmentFile.write(environment);
        Report.ready(controlPlane, issuer.join());
        if (options.withExample()) {
            Report.example(gateway);
        }
    }

    /** Returns when one of the processes ends by itself, which none should. */
    int awaitEnd() {
        var ends = children.stream().map(ChildProcess::onEnd).toArray(CompletableFuture<?>[]::new);
        CompletableFuture.anyOf(ends).join();
        synchronized (this) {
            if (closed) {
                return 0;
            }
        }
        var dead = children.stream().filter(child -> !child.isAlive()).findFirst();
        throw new CommandException(
                dead.map(ChildProcess::describeEnd).orElse("A process ended by itself") + "\nEnding all the others.");
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        EnvironmentFile.delete();
        while (!running.isEmpty()) {
            closeOne(running.pop());
        }
        RunRecord.delete();
    }

    private LocalIssuer startIssuer() {
        var issuer = LocalIssuer.start(
                options.issuerPort(), LocalIssuer.TOKEN_LIFE, Checkout.state().resolve("issuer"));
        keep(issuer);
        watch("issuer", issuer.process());
        return issuer;
    }

    private ControlPlane startControlPlane(LocalPostgres postgres, LocalIssuer issuer) {
        var controlPlane = ControlPlane.start(options, postgres, issuer);
        keep(controlPlane.process());
        watch("control-plane", controlPlane.process());
        return controlPlane.awaitReady();
    }

    private Optional<GatewayEnvoy> startExample(
            ControlPlane controlPlane, LocalIssuer issuer, Map<String, String> environment) {
        Example.applyOnce(new ApiClient(controlPlane.url(), issuer.userToken("admin")), options.data());
        var certificate = SelfSigned.create(Example.HOST, Checkout.state().resolve("upstream.p12"));
        keep(ExampleUpstream.start(Example.UPSTREAM_HTTP, Example.UPSTREAM_TLS, certificate));
        environment.put("SALLYPORT_UPSTREAM", "http://127.0.0.1:" + Example.UPSTREAM_HTTP);
        environment.put("SALLYPORT_UPSTREAM_TLS", "127.0.0.1:" + Example.UPSTREAM_TLS);
        var gateway = GatewayEnvoy.start(controlPlane, issuer);
        gateway.ifPresent(envoy -> {
            keep(envoy.process());
            watch("envoy", envoy.process());
            environment.put("SALLYPORT_GATEWAY_HTTP", "127.0.0.1:10080");
            environment.put("SALLYPORT_GATEWAY_TLS", "127.0.0.1:10443");
            environment.put("SALLYPORT_GATEWAY_ADMIN", envoy.adminSocket().toString());
            envoy.awaitTraffic();
        });
        return gateway;
    }

    private static Map<String, String> environment(ControlPlane controlPlane, LocalIssuer issuer) {
        var environment = new LinkedHashMap<String, String>();
        environment.put("SALLYPORT_URL", controlPlane.url().toString());
        environment.put("SALLYPORT_GRPC", controlPlane.grpc());
        environment.put("SALLYPORT_ISSUER", issuer.issuerUri().toString());
        return environment;
    }

    private synchronized <T extends AutoCloseable> T keep(T started) {
        if (closed) {
            closeOne(started);
            throw new CommandException("Stopped while starting.");
        }
        running.push(started);
        return started;
    }

    private synchronized void watch(String name, ChildProcess process) {
        children.add(process);
        record = record.with(name, process.pid());
    }

    private static void closeOne(AutoCloseable started) {
        try {
            started.close();
        } catch (Exception e) {
            Report.say("Could not stop " + started.getClass().getSimpleName() + ": " + e.getMessage());
        }
    }
}
