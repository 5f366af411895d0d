package io.sallyport.local;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Real Envoys of one gateway, which share its port, and a kept connection to each: when the last of them refuses what it
 * let pass.
 */
final class BenchEnvoys implements AutoCloseable {
    private static final String CALLER = "127.0.0.1";
    private static final int OK = 200;
    private static final int FORBIDDEN = 403;
    private static final int MOST_CONNECTIONS = 200;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    // What asks without rest takes the processor from whom it measures.
    private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(1);

    private final BenchNamespace policy;
    private final List<EnvoyProcess> envoys = new ArrayList<>();
    private final List<KeptConnection> connections = new ArrayList<>();

    private BenchEnvoys(BenchNamespace policy) {
        this.policy = policy;
    }

    /** Returns when each of them lets the first host pass. */
    static BenchEnvoys start(int count, ApiClient api, BenchNamespace policy) {
        BenchEnvoys started = new BenchEnvoys(policy);
        try {
            if (count > 0) {
                started.start(count, api);
            }
            return started;
        } catch (RuntimeException failed) {
            started.close();
            throw failed;
        }
    }

    private void start(int count, ApiClient api) {
        EnvoyBinary binary = EnvoyBinary.findOrInstall()
                .orElseThrow(() -> new CommandException("bench push --envoys needs an Envoy; see the README"));
        for (int number = 0; number < count; number++) {
            Path folder = BenchPolicy.newFolder();
            Path bootstrap = BootstrapVerb.write(
                    api, policy.gateway(), EnvironmentFile.grpc(), EnvironmentFile.issuer(), folder);
            envoys.add(EnvoyProcess.start(binary, bootstrap, folder).awaitLive(PATIENCE));
        }
        for (EnvoyProcess envoy : envoys) {
            connections.add(connection(envoy));
        }
    }

    // Which of them is behind a connection, its access log says.
    private KeptConnection connection(EnvoyProcess envoy) {
        for (int count = 0; count < MOST_CONNECTIONS; count++) {
            Optional<KeptConnection> connection = tryConnection();
            if (connection.isEmpty()) {
                Pause.briefly();
                continue;
            }
            String line = "\"sourcePort\":%d,".formatted(connection.get().localPort());
            if (owner(line) == envoy) {
                return connection.get();
            }
            connection.get().close();
        }
        throw new CommandException("No connection came to one of the Envoys. It said:\n" + envoy.log());
    }

    private EnvoyProcess owner(String line) {
        long start = System.nanoTime();
        while (System.nanoTime() - start < PATIENCE.toNanos()) {
            for (EnvoyProcess envoy : envoys) {
                if (envoy.accessLog().contains(line)) {
                    return envoy;
                }
            }
            Pause.briefly();
        }
        throw new CommandException("No access log has " + line);
    }

    private Optional<KeptConnection> tryConnection() {
        try {
            KeptConnection connection = new KeptConnection(CALLER, policy.listenerPort());
            int ignored = connection.get(BenchNamespace.host(0));
            return Optional.of(connection);
        } catch (UncheckedIOException notYet) {
            return Optional.empty();
        }
    }

    boolean isEmpty() {
        return envoys.isEmpty();
    }

    /** Asks all for a host that they let pass, from now on; when the last of them refuses it, by {@code nanoTime}. */
    Supplier<Long> watch(int rule) {
        String host = BenchNamespace.host(rule);
        connections.forEach(connection -> {
            long ignored = until(connection, host, OK);
        });
        var executor = Executors.newThreadPerTaskExecutor(Thread.ofPlatform().factory());
        List<CompletableFuture<Long>> refusals = connections.stream()
                .map(connection -> CompletableFuture.supplyAsync(() -> until(connection, host, FORBIDDEN), executor))
                .toList();
        executor.shutdown();
        return () -> refusals.stream().mapToLong(CompletableFuture::join).max().orElseThrow();
    }

    private static long until(KeptConnection connection, String host, int status) {
        long start = System.nanoTime();
        while (connection.get(host) != status) {
            if (System.nanoTime() - start > PATIENCE.toNanos()) {
                throw new CommandException("%s was not answered %d within %s".formatted(host, status, PATIENCE));
            }
            Pause.of(BETWEEN_REQUESTS);
        }
        return System.nanoTime();
    }

    @Override
    public void close() {
        connections.forEach(KeptConnection::close);
        envoys.forEach(EnvoyProcess::close);
    }
}
