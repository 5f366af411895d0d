package io.sallyport.compiler.envoy;

import static io.sallyport.local.Ports.free;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.domain.DesiredState;
import io.sallyport.local.EnvoyProcess;
import io.sallyport.local.NameServer;
import io.sallyport.testkit.Cases;
import io.sallyport.testkit.EchoUpstream;
import io.sallyport.testkit.Patience;
import io.sallyport.testkit.RequiresEnvoy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/** A real Envoy that reads HTTP by a state, without a control plane, and an upstream that says what reached it. */
final class HttpGate implements AutoCloseable {
    private final EchoUpstream web = EchoUpstream.start();
    private final NameServer names;
    private final EnvoyProcess envoy;
    private final Ports ports;

    /** Where the gateway may listen and where its upstream is. */
    record Ports(int first, int second, int third, int web) {}

    HttpGate(Path folder, Function<Ports, DesiredState> state) throws IOException {
        this(folder, state, none -> {});
    }

    /** Where names have answers from the beginning: one that is answered later is asked for again at leisure. */
    HttpGate(Path folder, Function<Ports, DesiredState> state, Consumer<NameServer> answers) throws IOException {
        ports = new Ports(free(), free(), free(), web.port());
        names = NameServer.start();
        answers.accept(names);
        var snapshot = new SnapshotCompiler().compile(state.apply(ports), Cases.GATEWAY);
        Path configuration = StaticConfiguration.of(new EnvoyCompiler().compile(snapshot))
                .resolvingBy(names)
                .write(folder);
        envoy = EnvoyProcess.start(RequiresEnvoy.Condition.binary(), configuration, folder)
                .awaitLive(Patience.LONG);
    }

    Ports ports() {
        return ports;
    }

    /** How many connections have come to the upstream. */
    int connections() {
        return web.connections();
    }

    /** The lines of the access log so far. */
    List<JsonNode> log() {
        return envoy.accessLog().lines().map(HttpGate::parsed).toList();
    }

    private static JsonNode parsed(String line) {
        try {
            return new ObjectMapper().readTree(line);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException(line, malformed);
        }
    }

    @Override
    public void close() {
        envoy.close();
        web.close();
        names.close();
    }
}
