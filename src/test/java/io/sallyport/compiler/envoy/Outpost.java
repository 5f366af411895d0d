package io.sallyport.compiler.envoy;

import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.local.EnvoyAdmin;
import io.sallyport.local.EnvoyProcess;
import io.sallyport.local.NameServer;
import io.sallyport.testkit.Cases;
import io.sallyport.testkit.Patience;
import io.sallyport.testkit.RawHttp;
import io.sallyport.testkit.RawHttp.Answer;
import io.sallyport.testkit.RequiresEnvoy;
import io.sallyport.testkit.ResourceBuilder;
import java.nio.file.Path;
import java.util.stream.Stream;

/**
 * A real Envoy that runs a state without a control plane, asks a name server of ours, and lets everybody go to the
 * destinations that are named {@code edge/...}. 127.9.0.0/16 stands for the internet; 127.0.0.1 is refused.
 */
final class Outpost implements AutoCloseable {
    static final String INTERNET = "127.9.0.0/16";

    private final EnvoyProcess envoy;
    private final int port;

    private Outpost(EnvoyProcess envoy, int port) {
        this.envoy = envoy;
        this.port = port;
    }

    static Outpost start(Path folder, NameServer names, int port, ResourceBuilder<?>... resources) {
        return start(folder, names, port, ResourceBuilder.state(resources));
    }

    static Outpost start(Path folder, NameServer names, int port, DesiredState state) {
        return start(folder, names, port, new SnapshotCompiler().compile(state, Cases.GATEWAY));
    }

    static Outpost start(Path folder, NameServer names, int port, Snapshot snapshot) {
        Path file = StaticConfiguration.of(new EnvoyCompiler().compile(snapshot))
                .resolvingBy(names)
                .write(folder);
        return new Outpost(
                EnvoyProcess.start(RequiresEnvoy.Condition.binary(), file, folder)
                        .awaitLive(Patience.LONG),
                port);
    }

    Answer get(String authority, String... headers) {
        try (RawHttp http = connect()) {
            return http.get(authority, headers);
        }
    }

    Answer ask(String authority, String path) {
        try (RawHttp http = connect()) {
            return http.send("GET %s HTTP/1.1\r\nHost: %s\r\n\r\n".formatted(path, authority));
        }
    }

    RawHttp connect() {
        return RawHttp.connect("127.0.0.2", port);
    }

    int port() {
        return port;
    }

    EnvoyAdmin admin() {
        return envoy.admin().orElseThrow();
    }

    /** The access log, a line for each request. */
    Stream<String> log() {
        return envoy.accessLog().lines();
    }

    @Override
    public void close() {
        envoy.close();
    }
}
