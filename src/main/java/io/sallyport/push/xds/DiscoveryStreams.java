package io.sallyport.push.xds;

import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.runtime.ShutdownEvent;
import io.sallyport.domain.agent.AgentIdentity;
import io.sallyport.domain.gateway.AgentPrincipal;
import io.sallyport.push.AgentAuthenticationInterceptor;
import io.sallyport.push.Drain;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jboss.logging.Logger;

/** All xDS streams of this replica: opens them, looks after them, ends them. Its fields are concurrent maps. */
@Singleton
class DiscoveryStreams {
    private static final Logger LOG = Logger.getLogger(DiscoveryStreams.class);
    private static final int LOOK_EVERY_MILLIS = 200;

    private final Surroundings surroundings;
    private final Set<WatchedStream> streams = ConcurrentHashMap.newKeySet();
    private final BooleanSupplier isDraining;
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("xds-streams").daemon().factory());

    @Inject
    DiscoveryStreams(Surroundings surroundings, Drain drain) {
        this(surroundings, drain::hasBegun);
        drain.register(this::endings);
    }

    /** Of a server that stops at once. */
    DiscoveryStreams(Surroundings surroundings) {
        this(surroundings, () -> false);
    }

    private DiscoveryStreams(Surroundings surroundings, BooleanSupplier isDraining) {
        this.surroundings = surroundings;
        this.isDraining = isDraining;
        var _ = looking.scheduleWithFixedDelay(
                this::lookAtAll, LOOK_EVERY_MILLIS, LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS);
    }

    <Q, R> StreamObserver<Q> open(Variant<Q, R> variant, StreamObserver<R> responses) {
        AgentIdentity identity = AgentAuthenticationInterceptor.IDENTITY.get();
        DiscoveryStream.Peer peer = new DiscoveryStream.Peer(
                UUID.randomUUID().toString(), identity, AgentAuthenticationInterceptor.PEER.get());
        Holder holder = new Holder(identity.principal(), peer.address());
        DiscoveryStream<Q, R> stream = new DiscoveryStream<>(
                variant, peer, surroundings, (ServerCallStreamObserver<R>) responses, holder::release);
        holder.hold(stream);
        stream.begin();
        return stream;
    }

    private Collection<Runnable> endings() {
        return streams.stream()
                .<Runnable>map(stream -> () -> stream.end(Status.OK))
                .toList();
    }

    void endAll(@Observes ShutdownEvent event) {
        endAll(Status.OK);
    }

    void endAll(Status status) {
        looking.shutdown();
        streams.forEach(stream -> stream.end(status));
    }

    private void lookAtAll() {
        Instant now = surroundings.now();
        for (WatchedStream stream : streams) {
            try {
                stream.look(now);
            } catch (RuntimeException bug) {
                LOG.error("an xDS stream could not be looked after", bug);
            }
        }
    }

    /** One stream's place among the others. */
    private final class Holder {
        private final AgentPrincipal client;
        private final String address;
        private volatile Runnable removal = () -> {};

        Holder(AgentPrincipal client, String address) {
            this.client = client;
            this.address = address;
        }

        void hold(WatchedStream stream) {
            streams.add(stream);
            removal = () -> streams.remove(stream);
            if (isDraining.getAsBoolean()) {
                stream.end(Drain.GOING_AWAY);
            }
            try {
                surroundings.places.enter(client, address);
            } catch (StatusRuntimeException refused) {
                stream.end(refused.getStatus());
            }
        }

        void release() {
            removal.run();
            surroundings.places.leave(client);
        }
    }
}
