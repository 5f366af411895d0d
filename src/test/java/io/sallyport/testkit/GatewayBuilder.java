package io.sallyport.testkit;

import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.EgressGateway.DefaultAction;
import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.Name;
import io.sallyport.domain.gateway.AddressPolicy;
import io.sallyport.domain.gateway.AgentPrincipal;
import io.sallyport.domain.gateway.AgentSelector;
import io.sallyport.domain.gateway.AgentSelector.ClientId;
import io.sallyport.domain.gateway.AllowedNamespaces;
import io.sallyport.domain.gateway.Conduct;
import io.sallyport.domain.gateway.Conduct.AccessLog;
import io.sallyport.domain.gateway.Conduct.OnRevoke;
import io.sallyport.domain.gateway.Conduct.RefusalDetail;
import io.sallyport.domain.gateway.ControlPlaneLoss;
import io.sallyport.domain.gateway.Limits;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.gateway.Listener.Protocol;
import io.sallyport.domain.gateway.ListenerTls;
import io.sallyport.domain.gateway.ListenerTls.Mode;
import io.sallyport.domain.gateway.UpstreamProxy;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.rollout.RolloutPolicy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** {@code aGateway("edge/internet").http("http", 10080)}: admits all namespaces, denies by default, one bucket. */
public final class GatewayBuilder extends ResourceBuilder<EgressGateway> {
    private final List<Listener> listeners = new ArrayList<>();
    private String listenAddress = "127.0.0.1";
    private List<AgentPrincipal> agents;
    private AllowedNamespaces allowedNamespaces = new AllowedNamespaces.All();
    private DefaultAction defaultAction = DefaultAction.DENY;
    private List<Cidr> denied = List.of();
    private List<Cidr> permitted = List.of();
    private int ruleBuckets = 1;
    private OnRevoke onRevoke = OnRevoke.NEW_FLOWS;
    private ControlPlaneLoss onControlPlaneLoss = new ControlPlaneLoss.Keep();
    private RefusalDetail refusalDetail = RefusalDetail.NAME;
    private AccessLog accessLog = AccessLog.ALL;
    private List<Duration> maxFlowDuration = List.of();
    private Duration idleTimeout = Limits.DEFAULT_IDLE_TIMEOUT;
    private List<Integer> maxConnections = List.of();
    private List<UpstreamProxy> upstreamProxy = List.of();
    private List<RolloutPolicy> rollout = List.of();

    private GatewayBuilder(String name) {
        super(name);
        agents = List.of(new ClientId("gateway-" + name().name()));
    }

    public static GatewayBuilder aGateway(String name) {
        return new GatewayBuilder(name);
    }

    public GatewayBuilder http(String name, int port, String... hostnames) {
        return listener(name, port, Protocol.HTTP, hostnames);
    }

    public GatewayBuilder tls(String name, int port, String... hostnames) {
        return listener(name, port, Protocol.TLS, hostnames);
    }

    /** HTTP over TLS that ends here; the certificate is a credential, of the gateway's namespace without a slash. */
    public GatewayBuilder https(String name, int port, String certificate, String... hostnames) {
        return listener(name, port, Protocol.HTTPS, hostnames).endingTls(certificate);
    }

    /** As {@link #https}, and every workload shows a certificate that the bundle signed. */
    public GatewayBuilder mutual(String name, int port, String certificate, String clientCa, String... hostnames) {
        return listener(name, port, Protocol.HTTPS, hostnames).endingMutualTls(certificate, clientCa);
    }

    public GatewayBuilder connect(String name, int port, String... hostnames) {
        return listener(name, port, Protocol.CONNECT, hostnames);
    }

    public GatewayBuilder tcp(String name, int port, String destination) {
        listener(name, port, Protocol.TCP);
        return lastListener(last -> new Listener(
                last.name(),
                last.address(),
                last.port(),
                last.protocol(),
                last.hostnames(),
                last.tls(),
                List.of(reference(destination)),
                last.acceptsProxyProtocol()));
    }

    /** The last listener. */
    public GatewayBuilder endingTls(String certificate) {
        return tls(new ListenerTls(Mode.TERMINATE, reference(certificate), List.of()));
    }

    /** The last listener. */
    public GatewayBuilder endingMutualTls(String certificate, String clientCa) {
        return tls(new ListenerTls(Mode.MUTUAL, reference(certificate), List.of(reference(clientCa))));
    }

    /** The last listener. */
    public GatewayBuilder acceptingProxyProtocol() {
        return lastListener(last -> new Listener(
                last.name(),
                last.address(),
                last.port(),
                last.protocol(),
                last.hostnames(),
                last.tls(),
                last.destination(),
                true));
    }

    /** Of the listeners that follow. */
    public GatewayBuilder listeningOn(String address) {
        listenAddress = address;
        return this;
    }

    public GatewayBuilder agents(String... principals) {
        agents = each(AgentPrincipal::parse, principals);
        return this;
    }

    public GatewayBuilder admittingOnlyItsOwn() {
        allowedNamespaces = new AllowedNamespaces.Same();
        return this;
    }

    public GatewayBuilder admittingLabelled(String key, String value) {
        TreeMap<String, String> labels = new TreeMap<>();
        labels.put(key, value);
        allowedNamespaces = new AllowedNamespaces.Selector(new LabelSelector(labels, List.of()));
        return this;
    }

    public GatewayBuilder allowingByDefault() {
        defaultAction = DefaultAction.ALLOW;
        return this;
    }

    public GatewayBuilder permitting(String... ranges) {
        permitted = each(Cidr::parse, ranges);
        return this;
    }

    public GatewayBuilder denying(String... ranges) {
        denied = each(Cidr::parse, ranges);
        return this;
    }

    public GatewayBuilder buckets(int count) {
        ruleBuckets = count;
        return this;
    }

    public GatewayBuilder cuttingOnRevoke() {
        onRevoke = OnRevoke.CUT;
        return this;
    }

    public GatewayBuilder lapsingAfter(Duration patience) {
        onControlPlaneLoss = new ControlPlaneLoss.Lapse(patience);
        return this;
    }

    public GatewayBuilder refusingByCodeAlone() {
        refusalDetail = RefusalDetail.CODE;
        return this;
    }

    public GatewayBuilder loggingRefusedAlone() {
        accessLog = AccessLog.REFUSED;
        return this;
    }

    public GatewayBuilder maxFlowDuration(Duration longest) {
        maxFlowDuration = List.of(longest);
        return this;
    }

    public GatewayBuilder idleTimeout(Duration longest) {
        idleTimeout = longest;
        return this;
    }

    public GatewayBuilder maxConnections(int most) {
        maxConnections = List.of(most);
        return this;
    }

    /** At most one credential, of type Token. */
    public GatewayBuilder leavingThrough(String address, int port, String... credential) {
        upstreamProxy = List.of(new UpstreamProxy(
                address,
                new PortNumber(port),
                Arrays.stream(credential).map(this::reference).toList()));
        return this;
    }

    private GatewayBuilder tls(ListenerTls tls) {
        return lastListener(last -> new Listener(
                last.name(),
                last.address(),
                last.port(),
                last.protocol(),
                last.hostnames(),
                List.of(tls),
                last.destination(),
                last.acceptsProxyProtocol()));
    }

    private GatewayBuilder lastListener(UnaryOperator<Listener> change) {
        listeners.add(change.apply(listeners.removeLast()));
        return this;
    }

    private GatewayBuilder listener(String name, int port, Protocol protocol, String... hostnames) {
        listeners.add(new Listener(
                new Name(name),
                new IpAddress(listenAddress),
                new PortNumber(port),
                protocol,
                each(HostPattern::new, hostnames),
                List.of(),
                List.of(),
                false));
        return this;
    }

    public GatewayBuilder rollingOut(RolloutPolicy policy) {
        rollout = List.of(policy);
        return this;
    }

    @Override
    protected EgressGateway spec() {
        return new EgressGateway(
                listeners,
                new AgentSelector(agents),
                allowedNamespaces,
                defaultAction,
                new AddressPolicy(denied, permitted),
                ruleBuckets,
                new Conduct(
                        onRevoke,
                        onControlPlaneLoss,
                        refusalDetail,
                        accessLog,
                        new Limits(maxFlowDuration, idleTimeout, maxConnections),
                        upstreamProxy),
                rollout);
    }
}
