package io.sallyport.compiler.envoy;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import com.github.xds.type.matcher.v3.CelMatcher;
import com.github.xds.type.matcher.v3.HttpAttributesCelMatchInput;
import com.github.xds.type.matcher.v3.IPMatcher;
import com.github.xds.type.matcher.v3.ServerNameMatcher;
import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.StringValue;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import io.envoyproxy.envoy.config.rbac.v3.Action;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.envoyproxy.envoy.extensions.access_loggers.filters.cel.v3.ExpressionFilter;
import io.envoyproxy.envoy.extensions.access_loggers.grpc.v3.HttpGrpcAccessLogConfig;
import io.envoyproxy.envoy.extensions.access_loggers.grpc.v3.TcpGrpcAccessLogConfig;
import io.envoyproxy.envoy.extensions.access_loggers.stream.v3.StdoutAccessLog;
import io.envoyproxy.envoy.extensions.clusters.dns.v3.DnsCluster;
import io.envoyproxy.envoy.extensions.clusters.dynamic_forward_proxy.v3.ClusterConfig;
import io.envoyproxy.envoy.extensions.common.matching.v3.ExtensionWithMatcher;
import io.envoyproxy.envoy.extensions.filters.http.buffer.v3.Buffer;
import io.envoyproxy.envoy.extensions.filters.http.buffer.v3.BufferPerRoute;
import io.envoyproxy.envoy.extensions.filters.http.composite.v3.Composite;
import io.envoyproxy.envoy.extensions.filters.http.composite.v3.ExecuteFilterAction;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.Cors;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.CorsPolicy;
import io.envoyproxy.envoy.extensions.filters.http.credential_injector.v3.CredentialInjector;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.ExtAuthz;
import io.envoyproxy.envoy.extensions.filters.http.fault.v3.HTTPFault;
import io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.HeaderMutation;
import io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.HeaderMutationPerRoute;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication;
import io.envoyproxy.envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit;
import io.envoyproxy.envoy.extensions.filters.http.ratelimit.v3.RateLimit;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBACPerRoute;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.http.upstream_codec.v3.UpstreamCodec;
import io.envoyproxy.envoy.extensions.filters.listener.proxy_protocol.v3.ProxyProtocol;
import io.envoyproxy.envoy.extensions.filters.listener.tls_inspector.v3.TlsInspector;
import io.envoyproxy.envoy.extensions.filters.network.connection_limit.v3.ConnectionLimit;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpConnectionManager;
import io.envoyproxy.envoy.extensions.filters.network.set_filter_state.v3.Config;
import io.envoyproxy.envoy.extensions.filters.network.sni_dynamic_forward_proxy.v3.FilterConfig;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.envoyproxy.envoy.extensions.http.injected_credentials.generic.v3.Generic;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.DestinationIPInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.DirectSourceIPInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.FilterStateInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.SourceIPInput;
import io.envoyproxy.envoy.extensions.matching.common_inputs.ssl.v3.UriSanInput;
import io.envoyproxy.envoy.extensions.matching.input_matchers.consistent_hashing.v3.ConsistentHashing;
import io.envoyproxy.envoy.extensions.matching.input_matchers.ip.v3.Ip;
import io.envoyproxy.envoy.extensions.rate_limit_descriptors.expr.v3.Descriptor;
import io.envoyproxy.envoy.extensions.rbac.matchers.upstream_ip_port.v3.UpstreamIpPortMatcher;
import io.envoyproxy.envoy.extensions.retry.host.previous_hosts.v3.PreviousHostsPredicate;
import io.envoyproxy.envoy.extensions.retry.priority.previous_priorities.v3.PreviousPrioritiesConfig;
import io.envoyproxy.envoy.extensions.transport_sockets.internal_upstream.v3.InternalUpstreamTransport;
import io.envoyproxy.envoy.extensions.transport_sockets.proxy_protocol.v3.ProxyProtocolUpstreamTransport;
import io.envoyproxy.envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.DownstreamTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.Secret;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.envoyproxy.envoy.extensions.upstreams.http.v3.HttpProtocolOptions;
import io.envoyproxy.envoy.type.matcher.v3.HttpRequestHeaderMatchInput;
import java.util.Map;
import java.util.stream.Stream;

/** The messages that travel inside others of ours without a type of their own there. */
final class MessageTypes {
    private static final Map<String, Message> BY_NAME = Stream.<Message>of(
                    Action.getDefaultInstance(),
                    ExtAuthz.getDefaultInstance(),
                    RateLimit.getDefaultInstance(),
                    Buffer.getDefaultInstance(),
                    BufferPerRoute.getDefaultInstance(),
                    Cors.getDefaultInstance(),
                    CorsPolicy.getDefaultInstance(),
                    LocalRateLimit.getDefaultInstance(),
                    Descriptor.getDefaultInstance(),
                    ConsistentHashing.getDefaultInstance(),
                    CelMatcher.getDefaultInstance(),
                    Cluster.getDefaultInstance(),
                    ClusterConfig.getDefaultInstance(),
                    ClusterLoadAssignment.getDefaultInstance(),
                    Composite.getDefaultInstance(),
                    Config.getDefaultInstance(),
                    DirectSourceIPInput.getDefaultInstance(),
                    CredentialInjector.getDefaultInstance(),
                    DnsCluster.getDefaultInstance(),
                    HTTPFault.getDefaultInstance(),
                    Generic.getDefaultInstance(),
                    ExecuteFilterAction.getDefaultInstance(),
                    ExpressionFilter.getDefaultInstance(),
                    ExtensionWithMatcher.getDefaultInstance(),
                    FilterConfig.getDefaultInstance(),
                    io.envoyproxy.envoy.config.route.v3.FilterConfig.getDefaultInstance(),
                    FilterStateInput.getDefaultInstance(),
                    HeaderMutation.getDefaultInstance(),
                    PreviousHostsPredicate.getDefaultInstance(),
                    PreviousPrioritiesConfig.getDefaultInstance(),
                    HeaderMutationPerRoute.getDefaultInstance(),
                    HttpAttributesCelMatchInput.getDefaultInstance(),
                    HttpConnectionManager.getDefaultInstance(),
                    HttpGrpcAccessLogConfig.getDefaultInstance(),
                    HttpProtocolOptions.getDefaultInstance(),
                    HttpRequestHeaderMatchInput.getDefaultInstance(),
                    InternalUpstreamTransport.getDefaultInstance(),
                    IPMatcher.getDefaultInstance(),
                    Ip.getDefaultInstance(),
                    Listener.getDefaultInstance(),
                    ListenerState.empty(),
                    RBAC.getDefaultInstance(),
                    RBACPerRoute.getDefaultInstance(),
                    RawBuffer.getDefaultInstance(),
                    io.envoyproxy.envoy.extensions.filters.network.rbac.v3.RBAC.getDefaultInstance(),
                    RouteConfiguration.getDefaultInstance(),
                    Router.getDefaultInstance(),
                    ServerNameMatcher.getDefaultInstance(),
                    DestinationIPInput.getDefaultInstance(),
                    StringValue.getDefaultInstance(),
                    StdoutAccessLog.getDefaultInstance(),
                    io.envoyproxy.envoy.extensions.filters.http.set_filter_state.v3.Config.getDefaultInstance(),
                    ProxyProtocolUpstreamTransport.getDefaultInstance(),
                    TcpGrpcAccessLogConfig.getDefaultInstance(),
                    TcpProxy.getDefaultInstance(),
                    TlsInspector.getDefaultInstance(),
                    TypedExtensionConfig.getDefaultInstance(),
                    UpstreamCodec.getDefaultInstance(),
                    Secret.getDefaultInstance(),
                    DownstreamTlsContext.getDefaultInstance(),
                    UriSanInput.getDefaultInstance(),
                    SourceIPInput.getDefaultInstance(),
                    ConnectionLimit.getDefaultInstance(),
                    ProxyProtocol.getDefaultInstance(),
                    JwtAuthentication.getDefaultInstance(),
                    UpstreamIpPortMatcher.getDefaultInstance(),
                    UpstreamTlsContext.getDefaultInstance())
            .collect(toMap(message -> message.getDescriptorForType().getFullName(), identity()));

    private MessageTypes() {}

    /** Throws IllegalArgumentException where it is none of ours. */
    static Message unpack(Any any) {
        String name = any.getTypeUrl().substring(any.getTypeUrl().lastIndexOf('/') + 1);
        Message known = BY_NAME.get(name);
        if (known == null) {
            throw new IllegalArgumentException("no message of ours: " + name);
        }
        try {
            return known.getParserForType().parseFrom(any.getValue());
        } catch (InvalidProtocolBufferException malformed) {
            throw new IllegalArgumentException(malformed);
        }
    }
}
