package io.sallyport.push.agent;

import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.quarkus.grpc.RegisterInterceptor;
import io.quarkus.runtime.ShutdownEvent;
import io.sallyport.agents.AgentRegistry;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.push.AgentAuthenticationInterceptor;
import io.sallyport.push.Drain;
import io.sallyport.push.PeerAddressInterceptor;
import io.sallyport.push.agent.v1.AgentProtocol.AgentMessage;
import io.sallyport.push.agent.v1.AgentProtocol.ServerMessage;
import io.sallyport.push.agent.v1.AgentServiceGrpc;
import io.sallyport.usecase.AdmitAgent;
import io.sallyport.usecase.FollowHead;
import jakarta.annotation.Priority;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/** Where agents connect. {@code streams} is a concurrent map of the open streams and their threads. */
@GrpcService
@RegisterInterceptor(PeerAddressInterceptor.class)
final class AgentEndpoint extends AgentServiceGrpc.AgentServiceImplBase {
    private static final Duration GOODBYE = Duration.ofSeconds(2);

    private final Surroundings surroundings;
    private final Drain drain;
    private final Map<AgentStream, Thread> streams = new ConcurrentHashMap<>();

    @Inject
    AgentEndpoint(
            AdmitAgent admission,
            SnapshotFeed feed,
            AgentRegistry registry,
            AgentProtocolSettings settings,
            FollowHead followHead,
            Drain drain) {
        this.drain = drain;
        surroundings = new Surroundings(
                admission,
                feed,
                new SnapshotCache(feed),
                registry,
                settings,
                InstantSource.system(),
                followHead::silence,
                followHead);
        drain.register(() ->
                streams.keySet().stream().<Runnable>map(stream -> stream::drain).toList());
    }

    @Override
    public StreamObserver<AgentMessage> connect(StreamObserver<ServerMessage> responses) {
        AgentPeer peer = new AgentPeer(
                UUID.randomUUID().toString(),
                AgentAuthenticationInterceptor.IDENTITY.get(),
                PeerAddressInterceptor.ADDRESS.get());
        AgentStream stream = new AgentStream(peer, surroundings, (ServerCallStreamObserver<ServerMessage>) responses);
        Thread thread = Thread.ofVirtual().name("agent-" + peer.id()).unstarted(() -> serve(stream));
        streams.put(stream, thread);
        if (drain.hasBegun()) {
            stream.drain();
        }
        thread.start();
        return stream;
    }

    private void serve(AgentStream stream) {
        try {
            stream.run();
        } finally {
            streams.remove(stream);
        }
    }

    /** Before the transport goes, every agent was told, and has a moment to hear it. */
    void drain(@Observes @Priority(2) ShutdownEvent event) throws InterruptedException {
        streams.keySet().forEach(AgentStream::drain);
        Instant deadline = Instant.now().plus(GOODBYE);
        for (Thread thread : streams.values()) {
            Duration left = Duration.between(Instant.now(), deadline);
            if (left.isPositive() && !thread.join(left)) {
                return;
            }
        }
    }
}
