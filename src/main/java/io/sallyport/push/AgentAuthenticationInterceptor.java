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
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.agent.AgentIdentity;
import io.sallyport.identity.AgentAuthenticator;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.Executor;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jboss.logging.Logger;

/** Lets in only agents that prove who they are, to every service, for as long as their proof is valid. */
@GlobalInterceptor
@Singleton
public final class AgentAuthenticationInterceptor implements ServerInterceptor {
    /** Who the caller of this call is; always there where a service runs. */
    public static final Context.Key<AgentIdentity> IDENTITY = Context.key("agent identity");

    /** Where the caller of this call connects from. */
    public static final Context.Key<String> PEER = Context.key("agent peer");

    private static final Logger LOG = Logger.getLogger(AgentAuthenticationInterceptor.class);
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Pattern BEARER = Pattern.compile("Bearer +(\\S+)", Pattern.CASE_INSENSITIVE);

    private final AgentAuthenticator authenticator;
    private final Vertx vertx;

    @Inject
    AgentAuthenticationInterceptor(AgentAuthenticator authenticator, Vertx vertx) {
        this.authenticator = authenticator;
        this.vertx = vertx;
    }

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        EndableCall<Q, R> endable = new EndableCall<>(call);
        PendingListener<Q> pending = new PendingListener<>();
        Executor here = callerContext();
        Context context = Context.current();
        Thread.startVirtualThread(() -> {
            try {
                AgentIdentity identity = identity(headers);
                Context proven = context.withValues(IDENTITY, identity, PEER, peer(call));
                here.execute(() -> {
                    pending.become(Contexts.interceptCall(proven, endable, headers, next));
                    endAtExpiry(identity.validUntil(), here, endable, pending);
                });
            } catch (FailureException refused) {
                here.execute(() -> endable.close(FailureStatus.of(refused.failure()), new Metadata()));
            } catch (RuntimeException bug) {
                LOG.error("an agent could not be authenticated", bug);
                here.execute(() -> endable.close(Status.INTERNAL, new Metadata()));
            }
        });
        return pending;
    }

    private AgentIdentity identity(Metadata headers) {
        Matcher bearer = BEARER.matcher(Objects.requireNonNullElse(headers.get(AUTHORIZATION), ""));
        if (!bearer.matches()) {
            throw new FailureException(new Failure.Unauthenticated(
                    "No bearer token: send the metadata 'authorization: Bearer <access token>'"));
        }
        return authenticator.authenticate(bearer.group(1));
    }

    private void endAtExpiry(Instant validUntil, Executor here, EndableCall<?, ?> call, PendingListener<?> listener) {
        long millis = Math.max(1, Duration.between(Instant.now(), validUntil).toMillis());
        long timer = vertx.setTimer(
                millis,
                ignored -> here.execute(() -> {
                    if (call.end(Status.UNAUTHENTICATED.withDescription("The token has expired"))) {
                        listener.onCancel();
                    }
                }));
        call.whenClosed(() -> vertx.cancelTimer(timer));
        listener.whenOver(() -> vertx.cancelTimer(timer));
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
