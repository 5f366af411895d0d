package io.sallyport.push.transport;

import io.grpc.netty.GrpcHttp2ConnectionHandler;
import io.grpc.netty.InternalProtocolNegotiator.ProtocolNegotiator;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerAdapter;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.AsciiString;

/** Begins connections as another one does, and tells of each channel before it begins. gRPC offers no other way to one. */
final class WatchedNegotiator implements ProtocolNegotiator {
    private final ProtocolNegotiator negotiator;
    private final AgentConnections connections;

    WatchedNegotiator(ProtocolNegotiator negotiator, AgentConnections connections) {
        this.negotiator = negotiator;
        this.connections = connections;
    }

    @Override
    public AsciiString scheme() {
        return negotiator.scheme();
    }

    @Override
    public ChannelHandler newHandler(GrpcHttp2ConnectionHandler grpc) {
        return new Arrival(negotiator.newHandler(grpc));
    }

    @Override
    public void close() {
        negotiator.close();
    }

    private final class Arrival extends ChannelHandlerAdapter {
        private final ChannelHandler next;

        Arrival(ChannelHandler next) {
            this.next = next;
        }

        @Override
        public void handlerAdded(ChannelHandlerContext context) {
            connections.arrived(context.channel());
            context.pipeline().replace(this, null, next);
        }
    }
}
