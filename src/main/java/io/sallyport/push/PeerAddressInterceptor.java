package io.sallyport.push;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import jakarta.inject.Singleton;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Tells services where a call comes from. */
@Singleton
public final class PeerAddressInterceptor implements ServerInterceptor {
    /** As {@code address:port}. */
    public static final Context.Key<String> ADDRESS = Context.keyWithDefault("peer address", "unknown");

    @Override
    public <Q, R> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
        SocketAddress address = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
        if (address instanceof InetSocketAddress internet) {
            String text = internet.getAddress().getHostAddress() + ":" + internet.getPort();
            return Contexts.interceptCall(Context.current().withValue(ADDRESS, text), call, headers, next);
        }
        return next.startCall(call, headers);
    }
}
