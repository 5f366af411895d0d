package io.sallyport.push.accesslog;

import io.envoyproxy.envoy.config.core.v3.Node;
import io.envoyproxy.envoy.service.accesslog.v3.StreamAccessLogsMessage;
import io.envoyproxy.envoy.service.accesslog.v3.StreamAccessLogsResponse;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.agent.AgentIdentity;
import io.sallyport.domain.agent.AgentName;
import io.sallyport.push.FailureStatus;
import io.sallyport.push.NodeClaim;
import io.sallyport.usecase.AdmitAgent;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * One stream of access logs. Whose they are is decided by who proved to be at the other end, at its beginning and again
 * with each message. Called by one thread at a time.
 */
final class AccessLogStream implements StreamObserver<StreamAccessLogsMessage> {
    private static final Logger LOG = Logger.getLogger(AccessLogStream.class);

    private final AgentIdentity identity;
    private final AdmitAgent admission;
    private final Reports reports;
    private final ServerCallStreamObserver<StreamAccessLogsResponse> transport;
    private final AtomicBoolean isOver = new AtomicBoolean();
    private volatile Runnable whenOver = () -> {};
    private volatile @Nullable AgentName agent;

    AccessLogStream(
            AgentIdentity identity,
            AdmitAgent admission,
            Reports reports,
            ServerCallStreamObserver<StreamAccessLogsResponse> transport) {
        this.identity = identity;
        this.admission = admission;
        this.reports = reports;
        this.transport = transport;
        transport.setOnCancelHandler(() -> end(Status.CANCELLED));
    }

    void whenOver(Runnable task) {
        whenOver = task;
    }

    @Override
    public void onNext(StreamAccessLogsMessage message) {
        try {
            AgentName from = agent == null ? begin(message) : agent;
            agent = from;
            admission.check(identity, from.gateway());
            reports.read(from, message);
        } catch (FailureException refused) {
            end(FailureStatus.of(refused.failure()));
        } catch (RuntimeException bug) {
            LOG.errorf(bug, "access logs not read client=%s", identity.principal());
            end(Status.INTERNAL.withDescription("The server failed; its log says why"));
        }
    }

    /** Ends it where its agent is no longer admitted, though it may say nothing any more. */
    void look() {
        AgentName known = agent;
        try {
            if (known != null) {
                admission.check(identity, known.gateway());
            }
        } catch (FailureException refused) {
            end(FailureStatus.of(refused.failure()));
        }
    }

    private AgentName begin(StreamAccessLogsMessage message) {
        Node node = message.getIdentifier().getNode();
        ResourceName gateway = NodeClaim.admit(admission, identity, node.getCluster());
        return new AgentName(identity.principal(), gateway, node.getId());
    }

    @Override
    public void onError(Throwable gone) {
        end(Status.CANCELLED);
    }

    @Override
    public void onCompleted() {
        end(Status.OK);
    }

    /** The first status counts. */
    void end(Status status) {
        if (!isOver.compareAndSet(false, true)) {
            return;
        }
        whenOver.run();
        if (transport.isCancelled()) {
            return;
        }
        if (status.isOk()) {
            transport.onNext(StreamAccessLogsResponse.getDefaultInstance());
            transport.onCompleted();
        } else {
            transport.onError(status.asRuntimeException());
        }
    }
}
