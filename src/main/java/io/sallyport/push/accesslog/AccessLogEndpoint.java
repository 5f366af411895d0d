package io.sallyport.push.accesslog;

import io.envoyproxy.envoy.service.accesslog.v3.AccessLogServiceGrpc;
import io.envoyproxy.envoy.service.accesslog.v3.StreamAccessLogsMessage;
import io.envoyproxy.envoy.service.accesslog.v3.StreamAccessLogsResponse;
import io.grpc.BindableService;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.StreamObserver;
import io.quarkus.grpc.GrpcService;
import io.quarkus.runtime.ShutdownEvent;
import io.sallyport.agents.AgentRegistry;
import io.sallyport.agents.DecisionLog;
import io.sallyport.agents.Ledger;
import io.sallyport.domain.agent.AgentIdentity;
import io.sallyport.push.AgentAuthenticationInterceptor;
import io.sallyport.usecase.AdmitAgent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** Where Envoys send their access logs. Its fields are concurrent maps. */
@GrpcService
final class AccessLogEndpoint implements BindableService, AccessLogServiceGrpc.AsyncService {
    // An Envoy opens one for each of its threads and logs.
    private static final int MOST_PER_IDENTITY = 20_000;

    private static final int LOOK_EVERY_MILLIS = 200;

    private final AdmitAgent admission;
    private final Ledger ledger;
    private final DecisionLog decisions;
    private final Set<AccessLogStream> streams = ConcurrentHashMap.newKeySet();
    private final Map<Object, Integer> perIdentity = new ConcurrentHashMap<>();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("access-log-streams").daemon().factory());

    @Inject
    AccessLogEndpoint(AdmitAgent admission, AgentRegistry ledger, DecisionLog decisions) {
        this.admission = admission;
        this.ledger = ledger;
        this.decisions = decisions;
        var _ = looking.scheduleWithFixedDelay(
                () -> streams.forEach(AccessLogStream::look),
                LOOK_EVERY_MILLIS,
                LOOK_EVERY_MILLIS,
                TimeUnit.MILLISECONDS);
    }

    @Override
    public StreamObserver<StreamAccessLogsMessage> streamAccessLogs(
            StreamObserver<StreamAccessLogsResponse> responses) {
        AgentIdentity identity = AgentAuthenticationInterceptor.IDENTITY.get();
        AccessLogStream stream =
                new AccessLogStream(identity, admission, new Reports(ledger, decisions), (ServerCallStreamObserver<
                                StreamAccessLogsResponse>)
                        responses);
        streams.add(stream);
        stream.whenOver(() -> release(stream, identity));
        if (perIdentity.merge(identity.principal(), 1, Integer::sum) > MOST_PER_IDENTITY) {
            stream.end(
                    Status.RESOURCE_EXHAUSTED.withDescription("%s has %d streams of access logs open; that is the most"
                            .formatted(identity.principal(), MOST_PER_IDENTITY)));
        }
        return stream;
    }

    private void release(AccessLogStream stream, AgentIdentity identity) {
        streams.remove(stream);
        perIdentity.computeIfPresent(identity.principal(), (ignored, count) -> count > 1 ? count - 1 : null);
    }

    void endAll(@Observes ShutdownEvent event) {
        looking.shutdown();
        streams.forEach(stream -> stream.end(Status.OK));
    }

    @Override
    public ServerServiceDefinition bindService() {
        return AccessLogServiceGrpc.bindService(this);
    }
}
