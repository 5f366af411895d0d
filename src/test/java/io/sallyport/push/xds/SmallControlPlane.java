package io.sallyport.push.xds;

import io.envoyproxy.envoy.service.discovery.v3.AggregatedDiscoveryServiceGrpc;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryRequest;
import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.grpc.BindableService;
import io.grpc.Server;
import io.grpc.ServerServiceDefinition;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;
import io.sallyport.agents.AgentRegistry;
import io.sallyport.compiler.SnapshotCompiler;
import io.sallyport.compiler.envoy.EnvoyCompiler;
import io.sallyport.compiler.envoy.EnvoySnapshot;
import io.sallyport.compiler.envoy.ResourceType;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.agent.Held;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.feed.PublishedStates;
import io.sallyport.testkit.Cases;
import io.sallyport.usecase.HoldBack;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/**
 * Our sessions behind gRPC and nothing else of us: no store, no identity. One Envoy at a time is led to what it is told;
 * its methods are guarded by itself.
 */
final class SmallControlPlane implements BindableService, AggregatedDiscoveryServiceGrpc.AsyncService, AutoCloseable {
    private final EnvoyCompiler compiler = new EnvoyCompiler();
    private final RefusedSecrets refusedSecrets = new RefusedSecrets();
    private final PublishedStates states = new PublishedStates();
    private final Firewalls firewalls = new Firewalls(new HoldBack(states, new SnapshotCompiler()), compiler::compile);
    private final Server server;
    private EnvoySnapshot target;
    private Runnable wake = () -> {};
    private Runnable hangUp = () -> {};
    private Supplier<List<Held>> held = List::of;
    private String lastError = "";
    private boolean hasAskedForSecrets;
    private final Set<String> secrets = new TreeSet<>();

    SmallControlPlane(Snapshot first) {
        this(new EnvoyCompiler().compile(first));
    }

    /** Of a snapshot of which something may be missing. */
    SmallControlPlane(EnvoySnapshot first) {
        target = first;
        try {
            server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                    .addService(this)
                    .build()
                    .start();
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The file by which an Envoy finds this, with an admin interface in the same folder. */
    static Path bootstrap(Path folder, int port) {
        return bootstrap(folder, port, "");
    }

    /** With more lines. */
    static Path bootstrap(Path folder, int port, String more) {
        String content = more + """
                node: {id: one, cluster: edge/internet}
                admin: {address: {pipe: {path: "%s/admin.sock"}}}
                dynamic_resources:
                  ads_config:
                    api_type: DELTA_GRPC
                    transport_api_version: V3
                    grpc_services: [{envoy_grpc: {cluster_name: plane, retry_policy: {retry_back_off: {base_interval: 0.1s, max_interval: 0.5s}}}}]
                  lds_config: {ads: {}, resource_api_version: V3}
                  cds_config: {ads: {}, resource_api_version: V3}
                static_resources:
                  clusters:
                  - name: plane
                    type: STATIC
                    load_assignment:
                      cluster_name: plane
                      endpoints: [{lb_endpoints: [{endpoint: {address: {socket_address: {address: 127.0.0.1, port_value: %d}}}}]}]
                    typed_extension_protocol_options:
                      envoy.extensions.upstreams.http.v3.HttpProtocolOptions:
                        "@type": type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions
                        explicit_http_config: {http2_protocol_options: {}}
                """.formatted(folder, port);
        try {
            return Files.writeString(folder.resolve("bootstrap.yaml"), content);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    int port() {
        return server.getPort();
    }

    /** What is refused of it is found and held. */
    synchronized void moveTo(DesiredState state) {
        Snapshot snapshot = new SnapshotCompiler().compile(state, Cases.GATEWAY);
        states.add(snapshot, state);
        moveTo(snapshot);
    }

    /** What the Envoy runs less of than was wanted. */
    synchronized List<Held> held() {
        return held.get();
    }

    synchronized void moveTo(Snapshot snapshot) {
        target = compiler.compile(snapshot, List.of(target));
        wake.run();
    }

    /** Ends the stream; the Envoy comes back by itself. */
    synchronized void hangUp() {
        hasAskedForSecrets = false;
        hangUp.run();
    }

    /** Whether the newest stream has asked for secrets, and so been answered. */
    synchronized boolean hasAskedForSecrets() {
        return hasAskedForSecrets;
    }

    /** What was refused last on the newest stream. */
    synchronized String lastError() {
        return lastError;
    }

    /** The secrets that went out on the newest stream. */
    synchronized Set<String> secrets() {
        return Set.copyOf(secrets);
    }

    @Override
    public synchronized StreamObserver<DeltaDiscoveryRequest> deltaAggregatedResources(
            StreamObserver<DeltaDiscoveryResponse> responses) {
        var session = new Session<>(
                Variant.DELTA,
                new Contents(compiler::overlap),
                refusedSecrets.of("envoy"),
                new StreamLedger("envoy", new AgentRegistry()),
                firewalls.of("envoy", target),
                target,
                target.source().version());
        held = session::held;
        secrets.clear();
        lastError = "";
        hasAskedForSecrets = false;
        wake = () -> {
            session.aimAt(target, target.source().version());
            send(session, responses);
        };
        hangUp = responses::onCompleted;
        return new StreamObserver<>() {
            @Override
            public void onNext(DeltaDiscoveryRequest request) {
                receive(session, request, responses);
            }

            @Override
            public void onError(Throwable gone) {
                forget();
            }

            @Override
            public void onCompleted() {
                forget();
            }
        };
    }

    private synchronized void receive(
            Session<DeltaDiscoveryRequest, DeltaDiscoveryResponse> session,
            DeltaDiscoveryRequest request,
            StreamObserver<DeltaDiscoveryResponse> responses) {
        session.receive(request.getTypeUrl(), request);
        hasAskedForSecrets |= request.getTypeUrl().equals(ResourceType.SECRET.typeUrl());
        lastError = session.error();
        send(session, responses);
    }

    private void send(
            Session<DeltaDiscoveryRequest, DeltaDiscoveryResponse> session,
            StreamObserver<DeltaDiscoveryResponse> responses) {
        for (var next = session.next(Instant.now(), Duration.ZERO);
                next.isPresent();
                next = session.next(Instant.now(), Duration.ZERO)) {
            if (next.get().getTypeUrl().equals(ResourceType.SECRET.typeUrl())) {
                next.get().getResourcesList().forEach(secret -> secrets.add(secret.getName()));
            }
            responses.onNext(next.get());
        }
    }

    private synchronized void forget() {
        wake = () -> {};
        hangUp = () -> {};
    }

    @Override
    public ServerServiceDefinition bindService() {
        return AggregatedDiscoveryServiceGrpc.bindService(this);
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
