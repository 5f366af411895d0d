package io.sallyport.compiler.envoy;

import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.domain.DesiredState;
import io.sallyport.local.EnvoyProcess;
import io.sallyport.local.NameServer;
import io.sallyport.testkit.Cases;
import io.sallyport.testkit.Patience;
import io.sallyport.testkit.RequiresEnvoy;
import java.io.IOException;
import java.nio.file.Path;

/** A real Envoy that runs a state without a control plane and asks a name server of the test. */
final class ConnectionGate implements AutoCloseable {
    private final EnvoyProcess envoy;

    ConnectionGate(Path folder, NameServer names, DesiredState state) throws IOException {
        var snapshot = new EnvoyCompiler().compile(new SnapshotCompiler().compile(state, Cases.GATEWAY));
        Path file = StaticConfiguration.of(snapshot).resolvingBy(names).write(folder);
        envoy = EnvoyProcess.start(RequiresEnvoy.Condition.binary(), file, folder)
                .awaitLive(Patience.LONG);
    }

    String accessLog() {
        return envoy.accessLog();
    }

    @Override
    public void close() {
        envoy.close();
    }
}
