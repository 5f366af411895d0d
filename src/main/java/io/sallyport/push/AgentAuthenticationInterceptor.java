package io.sallyport.push;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.quarkus.grpc.GlobalInterceptor;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.agent.AgentIdentity;
import io.sallyport.identity.AgentAuthenticator;
import io.sallyport.identity.CertificateAuthenticator;
import io.sallyport.push.transport.AgentConnections;
import io.sallyport.push.transport.Refusals;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Lets in only agents that prove who they are, to every service, for as long as their proof is valid and trusted. {@code
 * open} is a concurrent set.
 */
@GlobalInterceptor
@Singleton
public final class AgentAuthenticationInterceptor implements ServerInterceptor {
    /** Who the caller of this call is; always there where a service runs. */
    public static final Context.Key<AgentIdentity> IDENTITY = Context.key("agent identity");

    /** Where the caller of this call connects from. */
    public static final Context.Key<String> PEER = Context.key("agent peer");

    private static final Status OVER = Status.UNAUTHENTICATED.withDescription(
            "The token or the certificate has expired: connect again with a new one");
    private static final Logger LOG = Logger.getLogger(AgentAuthenticationInterceptor.class);

    private final AgentAuthenticator tokens;
    private final CertificateAuthenticator certificates;
    private final AgentConnections connections;
    private final Vertx vertx;
    private final Set<ProvenCall> open = ConcurrentHashMap.newKeySet();

    @Inject
    AgentAuthenticationInterceptor(
            AgentAuthenticator tokens,
            CertificateAuthenticator certificates,
            AgentConnections connections,
            Vertx vertx) {
        this.tokens = tokens;
        this.certificates = certificates;
        this.connections = connections;
        this.vertx = vertx;
        certificates.whenTrustChanges(() -> open.forEach(call -> call.endWithoutTrust(certificates)));
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        EndableCall<Q, R> endable = new EndableCall<>(call, status -> connections.ended(call.getAttributes(), status));
        PendingListener<Q> pending = new PendingListener<>();
        Refusals refusals = call.getAttributes().get(AgentConnections.REFUSALS);
        if (refusals != null && !refusals.begin(System.nanoTime())) {
            endable.close(
                    Status.RESOURCE_EXHAUSTED.withDescription("Too many calls on this connection proved nobody; wait"),
                    new Metadata());
            return pending;
        }
        Executor here = callerContext();
        Context context = Context.current();
        ProvenCall proven = new ProvenCall(Proof.of(call, headers), endable, pending, here);
        // Before it is judged, so that a change of trust meanwhile is not missed.
        open.add(proven);
        Thread.startVirtualThread(() -> {
            try {
                AgentIdentity identity = proven.proof().identity(certificates, tokens);
                forgive(refusals);
                Context known = context.withValues(IDENTITY, identity, PEER, peer(call));
                here.execute(() -> {
                    pending.become(Contexts.interceptCall(known, endable, headers, next));
                    endAtExpiry(identity, proven);
                });
            } catch (FailureException refused) {
                refuse(proven, FailureStatus.of(refused.failure()));
            } catch (RuntimeException bug) {
                LOG.error("an agent could not be authenticated", bug);
                refuse(proven, Status.INTERNAL);
            }
        });
        return pending;
    }

    private static void forgive(@Nullable Refusals refusals) {
        if (refusals != null) {
            refusals.proved();
        }
    }

    private void refuse(ProvenCall call, Status status) {
        open.remove(call);
        call.end(status);
    }

    private void endAtExpiry(AgentIdentity identity, ProvenCall call) {
        long millis = Math.max(
                1, Duration.between(Instant.now(), identity.validUntil()).toMillis());
        long timer = vertx.setTimer(millis, ignored -> call.end(OVER));
        call.whenOver(() -> {
            open.remove(call);
            vertx.cancelTimer(timer);
        });
    }

    private static String peer(ServerCall<?, ?> call) {
        SocketAddress address = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        return address instanceof InetSocketAddress internet
                ? internet.getAddress().getHostAddress() + ":" + internet.getPort()
                : String.valueOf(address);
    }

    /** Services of the framework expect to be called where the call came in. */
    private static Executor callerContext() {
        io.vertx.core.Context context = Vertx.currentContext();
        return context == null ? Runnable::run : task -> context.runOnContext(ignored -> task.run());
    }
}
