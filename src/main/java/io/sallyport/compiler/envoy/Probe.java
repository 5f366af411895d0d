package io.sallyport.compiler.envoy;

import com.github.xds.type.matcher.v3.Matcher;
import com.google.protobuf.BoolValue;
import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.accesslog.v3.AccessLogFilter;
import io.envoyproxy.envoy.config.accesslog.v3.HeaderFilter;
import io.envoyproxy.envoy.config.cluster.v3.Cluster;
import io.envoyproxy.envoy.config.core.v3.BindConfig;
import io.envoyproxy.envoy.config.core.v3.HealthCheck;
import io.envoyproxy.envoy.config.core.v3.HealthCheck.HttpHealthCheck;
import io.envoyproxy.envoy.config.core.v3.HealthCheck.Payload;
import io.envoyproxy.envoy.config.core.v3.HealthCheck.TcpHealthCheck;
import io.envoyproxy.envoy.config.core.v3.ProxyProtocolConfig;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.config.core.v3.TransportSocket;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.envoyproxy.envoy.config.listener.v3.FilterChain;
import io.envoyproxy.envoy.config.listener.v3.FilterChainMatch;
import io.envoyproxy.envoy.config.rbac.v3.RBAC;
import io.envoyproxy.envoy.config.route.v3.HeaderMatcher;
import io.envoyproxy.envoy.extensions.filters.network.tcp_proxy.v3.TcpProxy;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.DirectSourceIPInput;
import io.envoyproxy.envoy.extensions.transport_sockets.proxy_protocol.v3.ProxyProtocolUpstreamTransport;
import io.envoyproxy.envoy.extensions.transport_sockets.raw_buffer.v3.RawBuffer;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CertificateValidationContext.TrustChainVerification;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.CommonTlsContext;
import io.envoyproxy.envoy.extensions.transport_sockets.tls.v3.UpstreamTlsContext;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.envoyproxy.envoy.type.v3.Int64Range;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.gateway.Listener.Protocol;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * An Envoy asks its own listeners for a name that nobody can have, which is refused before all else; what it reports of
 * that proves which listener serves. The check of a cluster that nothing is routed to does the asking. A TCP listener, which
 * hears no name, knows it by where it comes from.
 */
public final class Probe {
    /** No host has an underscore, so every listener refuses it as malformed, whatever the rules say. */
    public static final String HOST = "_sallyport";

    private static final String CHAIN = "probe";
    private static final Cidr SOURCE = Cidr.parse(Listener.OWN_SOURCE + "/32");

    private static final Duration SLOWLY = seconds(2);
    private static final Duration WHILE_UNWELL = seconds(1);
    private static final Int64Range ANY_ANSWER =
            Int64Range.newBuilder().setStart(100).setEnd(600).build();

    private Probe() {}

    static Stream<Part> parts(Snapshot snapshot) {
        return snapshot.listeners().stream()
                .map(ListenerSnapshot::listener)
                .filter(Listener::canBeAsked)
                .map(listener -> new Part(
                        ResourceType.CLUSTER,
                        ResourceNames.probe(listener),
                        List.of(listener),
                        () -> cluster(listener)));
    }

    /** Requests that somebody else made. */
    static AccessLogFilter others() {
        var host = HeaderMatcher.newBuilder()
                .setName(":authority")
                .setStringMatch(StringMatcher.newBuilder().setExact(HOST))
                .setInvertMatch(true)
                .setTreatMissingHeaderAsEmpty(true);
        return AccessLogFilter.newBuilder()
                .setHeaderFilter(HeaderFilter.newBuilder().setHeader(host))
                .build();
    }

    /** Whether a connection that speaks TLS is one of these: an expression in CEL. */
    static String isConnection() {
        return CelText.SERVER_NAME + " == '" + HOST + "'";
    }

    /** The same of a connection to such a listener. */
    static String isConnection(Listener listener) {
        String rule = TcpRuleTable.DECISION.rule();
        return listener.protocol() == Protocol.TCP
                ? "'" + rule + "' in filter_state && " + CelText.is(rule, HOST)
                : isConnection();
    }

    /** Where connections of these to a TCP listener end: they are written down and lead nowhere. */
    static FilterChain chain() {
        var refusal = new FilterState();
        TcpRuleTable.DECISION.write(refusal, List.of(), new Decision(HOST, RBAC.Action.DENY));
        return FilterChain.newBuilder()
                .setName(CHAIN)
                .setFilterChainMatch(FilterChainMatch.newBuilder().addDirectSourcePrefixRanges(Addresses.range(SOURCE)))
                .addFilters(ConnectionFilters.inline("sallyport/probe", refusal.filter()))
                .addFilters(ConnectionFilters.proxying(TcpProxy.newBuilder()
                        .setStatPrefix(CHAIN)
                        .setCluster(ResourceNames.RAW)
                        .build()))
                .build();
    }

    /** Finds that chain before others are looked for. */
    static Matcher before(Matcher others) {
        Matcher.OnMatch otherwise =
                Matcher.OnMatch.newBuilder().setMatcher(others).build();
        return Matcher.newBuilder()
                .setOnNoMatch(ChainMatchers.byRange(
                        Predicates.extension("address", DirectSourceIPInput.getDefaultInstance()),
                        Map.of(SOURCE, ChainMatchers.chain(CHAIN)),
                        otherwise))
                .build();
    }

    private static Cluster cluster(Listener listener) {
        String name = ResourceNames.probe(listener);
        Cluster.Builder cluster = Cluster.newBuilder()
                .setName(name)
                .setType(Cluster.DiscoveryType.STATIC)
                .setConnectTimeout(WHILE_UNWELL)
                .setLoadAssignment(ClusterLoadAssignment.newBuilder()
                        .setClusterName(name)
                        .addEndpoints(LocalityLbEndpoints.newBuilder()
                                .addLbEndpoints(LbEndpoint.newBuilder()
                                        .setEndpoint(Endpoint.newBuilder()
                                                .setAddress(Addresses.socket(address(listener), listener.port()))))))
                .addHealthChecks(check(listener));
        socket(listener).forEach(cluster::setTransportSocket);
        if (listener.protocol() == Protocol.TCP) {
            cluster.setUpstreamBindConfig(BindConfig.newBuilder()
                    .setSourceAddress(SocketAddress.newBuilder()
                            .setAddress(Listener.OWN_SOURCE.value())
                            .setPortValue(0)));
        }
        return cluster.build();
    }

    private static String address(Listener listener) {
        return switch (listener.address().value()) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::" -> "::1";
            default -> listener.address().value();
        };
    }

    // A connection of its own for each, or the old listener would answer while it drains.
    private static HealthCheck check(Listener listener) {
        HealthCheck.Builder check = HealthCheck.newBuilder()
                .setTimeout(WHILE_UNWELL)
                .setInterval(SLOWLY)
                .setUnhealthyInterval(WHILE_UNWELL)
                .setNoTrafficInterval(WHILE_UNWELL)
                .setNoTrafficHealthyInterval(SLOWLY)
                .setHealthyThreshold(UInt32Value.of(1))
                .setUnhealthyThreshold(UInt32Value.of(1))
                .setReuseConnection(BoolValue.of(false));
        return endsInTls(listener) || listener.protocol() == Protocol.TCP
                ? check.setTcpHealthCheck(connecting(listener)).build()
                : check.setHttpHealthCheck(HttpHealthCheck.newBuilder()
                                .setHost(HOST)
                                .setPath("/")
                                .addExpectedStatuses(ANY_ANSWER))
                        .build();
    }

    // Who waits for nothing hangs up at once, and the header of the PROXY protocol would stay unsent.
    private static TcpHealthCheck connecting(Listener listener) {
        var check = TcpHealthCheck.newBuilder();
        return listener.protocol() == Protocol.TCP && listener.acceptsProxyProtocol()
                ? check.addReceive(Payload.newBuilder().setText("00")).build()
                : check.build();
    }

    // The name in the handshake is what is reported: a client without a certificate gets no further.
    private static boolean endsInTls(Listener listener) {
        return listener.protocol() == Protocol.TLS || !listener.tls().isEmpty();
    }

    private static List<TransportSocket> socket(Listener listener) {
        TransportSocket inner = endsInTls(listener) ? tls() : named("raw_buffer", RawBuffer.getDefaultInstance());
        if (listener.acceptsProxyProtocol()) {
            return List.of(named(
                    "upstream_proxy_protocol",
                    ProxyProtocolUpstreamTransport.newBuilder()
                            .setConfig(ProxyProtocolConfig.getDefaultInstance())
                            .setTransportSocket(inner)
                            .build()));
        }
        return endsInTls(listener) ? List.of(inner) : List.of();
    }

    // It speaks to itself and says nothing: there is nobody to mistake for another.
    private static TransportSocket tls() {
        var anybody = CertificateValidationContext.newBuilder()
                .setTrustChainVerification(TrustChainVerification.ACCEPT_UNTRUSTED);
        return named(
                "tls",
                UpstreamTlsContext.newBuilder()
                        .setSni(HOST)
                        .setCommonTlsContext(CommonTlsContext.newBuilder().setValidationContext(anybody))
                        .build());
    }

    private static TransportSocket named(String kind, Message config) {
        return TransportSocket.newBuilder()
                .setName("envoy.transport_sockets." + kind)
                .setTypedConfig(Encoding.any(config))
                .build();
    }

    private static Duration seconds(int seconds) {
        return Duration.newBuilder().setSeconds(seconds).build();
    }
}
