package io.sallyport.push.transport;

import io.grpc.netty.InternalProtocolNegotiator.ProtocolNegotiator;
import io.grpc.netty.InternalProtocolNegotiators;
import io.grpc.netty.NettyServerBuilder;
import io.quarkus.arc.Unremovable;
import io.quarkus.grpc.api.ServerBuilderCustomizer;
import io.quarkus.grpc.runtime.config.GrpcServerConfiguration;
import io.sallyport.identity.mtls.AgentTls;
import io.vertx.grpc.VertxServerBuilder;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;

/** Makes the gRPC server what agents connect to. */
@Singleton
@Unremovable
final class AgentTransport implements ServerBuilderCustomizer<VertxServerBuilder> {
    private final TransportSettings settings;
    private final AgentTls tls;
    private final AgentConnections connections;

    @Inject
    AgentTransport(TransportSettings settings, AgentTls tls, AgentConnections connections) {
        this.settings = settings;
        this.tls = tls;
        this.connections = connections;
    }

    @Override
    public void customize(GrpcServerConfiguration server, VertxServerBuilder builder) {
        customize(builder.nettyBuilder());
    }

    void customize(NettyServerBuilder netty) {
        netty.maxConnectionIdle(settings.idle().toMillis(), TimeUnit.MILLISECONDS)
                .maxConcurrentCallsPerConnection(settings.callsPerConnection())
                .protocolNegotiator(new WatchedNegotiator(negotiator(), connections))
                .addTransportFilter(connections);
    }

    private ProtocolNegotiator negotiator() {
        return tls.kept()
                .map(kept -> InternalProtocolNegotiators.serverTls(AgentSslContext.of(tls, kept)))
                .orElseGet(InternalProtocolNegotiators::serverPlaintext);
    }
}
