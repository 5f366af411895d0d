package io.sallyport.push.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.grpc.stub.StreamObserver;
import io.sallyport.push.agent.v1.AgentProtocol;
import io.sallyport.push.agent.v1.AgentProtocol.Ack;
import io.sallyport.push.agent.v1.AgentProtocol.AgentMessage;
import io.sallyport.push.agent.v1.AgentProtocol.GatewayRole;
import io.sallyport.push.agent.v1.AgentProtocol.Hello;
import io.sallyport.push.agent.v1.AgentProtocol.ProtocolRange;
import io.sallyport.push.agent.v1.AgentProtocol.Reject;
import io.sallyport.push.agent.v1.AgentProtocol.ServerMessage;
import io.sallyport.push.agent.v1.AgentServiceGrpc;
import io.sallyport.testkit.Patience;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An agent over real gRPC that does only what a test tells it to. */
final class TestAgent implements StreamObserver<ServerMessage>, AutoCloseable {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final ManagedChannel channel;
    private final BlockingQueue<ServerMessage> received = new LinkedBlockingQueue<>();
    private final CompletableFuture<Status> ended = new CompletableFuture<>();
    private final StreamObserver<AgentMessage> requests;

    private TestAgent(int port, Metadata headers) {
        channel =
                NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
        requests = AgentServiceGrpc.newStub(channel)
                .withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers))
                .connect(this);
    }

    static TestAgent connect(int port, String token) {
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, "Bearer " + token);
        return new TestAgent(port, headers);
    }

    static TestAgent connectWithoutToken(int port) {
        return new TestAgent(port, new Metadata());
    }

    static Hello.Builder hello(String namespace, String name) {
        return Hello.newBuilder()
                .setName("test-agent")
                .setProtocol(ProtocolRange.newBuilder().setOldest(1).setNewest(1))
                .setGateway(GatewayRole.newBuilder().setNamespace(namespace).setName(name));
    }

    void say(Hello.Builder hello) {
        requests.onNext(AgentMessage.newBuilder().setHello(hello).build());
    }

    void accept(AgentProtocol.Snapshot snapshot) {
        requests.onNext(AgentMessage.newBuilder()
                .setAck(Ack.newBuilder().setVersion(snapshot.getVersion()))
                .build());
    }

    void reject(AgentProtocol.Snapshot snapshot, String resource, String error) {
        requests.onNext(AgentMessage.newBuilder()
                .setReject(Reject.newBuilder()
                        .setVersion(snapshot.getVersion())
                        .setResource(resource)
                        .setError(error))
                .build());
    }

    AgentProtocol.Welcome welcome() {
        return next().getWelcome();
    }

    AgentProtocol.Snapshot snapshot() {
        ServerMessage message = next();
        assertThat(message.hasSnapshot()).as("a snapshot, not %s", message).isTrue();
        return message.getSnapshot();
    }

    AgentProtocol.Renewal renewal() {
        ServerMessage message = next();
        assertThat(message.hasRenewal()).as("a renewal, not %s", message).isTrue();
        return message.getRenewal();
    }

    /** Waits that long to see that nothing comes. */
    void hearsNothingFor(Duration span) {
        assertThat(poll(span)).isNull();
    }

    Status end() {
        return ended.orTimeout(Patience.MILLIS, TimeUnit.MILLISECONDS).join();
    }

    private ServerMessage next() {
        ServerMessage message = poll(Patience.LONG);
        assertThat(message).as("a message, end is %s", ended).isNotNull();
        return message;
    }

    private ServerMessage poll(Duration atMost) {
        try {
            return received.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }

    @Override
    public void onNext(ServerMessage message) {
        received.add(message);
    }

    @Override
    public void onError(Throwable failure) {
        ended.complete(Status.fromThrowable(failure));
    }

    @Override
    public void onCompleted() {
        ended.complete(Status.OK);
    }

    @Override
    public void close() {
        channel.shutdownNow();
    }
}
