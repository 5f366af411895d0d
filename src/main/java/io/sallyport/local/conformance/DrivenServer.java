package io.sallyport.local.conformance;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.core.v3.ControlPlane;
import io.envoyproxy.envoy.service.discovery.v3.DiscoveryResponse;
import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;
import io.sallyport.compiler.envoy.ResourceType;
import io.sallyport.local.CommandException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A server that is a process and is told what to have. Its first line is {@code ready NAME PORT TYPE,TYPE...}, the types
 * by the words of {@link ResourceType}. Each line that it reads is a {@code DiscoveryResponse} in Base64: all that the
 * clients whose {@code node.cluster} is {@code control_plane.identifier} are to find, at {@code version_info}. It says
 * {@code done}. It ends with its input. {@code this} guards the process.
 */
public final class DrivenServer implements TriedServer {
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final Process process;
    private final BufferedReader output;
    private final PrintStream input;
    private final ManagedChannel channel;
    private final String name;
    private final Set<ResourceType> types;
    private long version;

    public DrivenServer(String command) {
        try {
            process = new ProcessBuilder("sh", "-c", command)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        input = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
        String[] ready = line().split(" ", -1);
        if (ready.length != 4 || !ready[0].equals("ready")) {
            process.destroy();
            throw new CommandException("The server's first line must be: ready NAME PORT TYPE,TYPE...");
        }
        name = ready[1];
        channel = NettyChannelBuilder.forAddress(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(ready[2])))
                .usePlaintext()
                .build();
        types = Arrays.stream(ready[3].split(",", -1))
                .map(ResourceType::valueOf)
                .collect(Collectors.toSet());
    }

    private String line() {
        try {
            String line = output.readLine();
            if (line == null) {
                throw new CommandException("The server ended.");
            }
            return line;
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public List<Channel> replicas() {
        return List.of(channel);
    }

    @Override
    public Set<ResourceType> types() {
        return types;
    }

    @Override
    public Duration patience() {
        return PATIENCE;
    }

    @Override
    public World first(String group) {
        World first = World.ofTwo(types);
        publish(group, first);
        return first;
    }

    @Override
    public synchronized void publish(String group, World world) {
        version++;
        List<Any> all = world.resources().values().stream()
                .flatMap(byName -> byName.values().stream())
                .toList();
        DiscoveryResponse told = DiscoveryResponse.newBuilder()
                .setVersionInfo(Long.toString(version))
                .setControlPlane(ControlPlane.newBuilder().setIdentifier(group))
                .addAllResources(all)
                .build();
        input.println(Base64.getEncoder().encodeToString(told.toByteArray()));
        String answer = line();
        if (!answer.equals("done")) {
            throw new CommandException("The server was to say: done. It said: " + answer);
        }
    }

    @Override
    public void close() {
        channel.shutdownNow();
        input.close();
        process.destroy();
    }
}
