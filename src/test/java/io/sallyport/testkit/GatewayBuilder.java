package io.sallyport.testkit;

import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.EgressGateway.DefaultAction;
import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.Name;
import io.sallyport.domain.gateway.AddressPolicy;
import io.sallyport.domain.gateway.AgentSelector;
import io.sallyport.domain.gateway.AgentSelector.ClientId;
import io.sallyport.domain.gateway.AllowedNamespaces;
import io.sallyport.domain.gateway.Conduct;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.gateway.Listener.Protocol;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.network.PortNumber;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/** {@code aGateway("edge/internet").http("http", 10080)}: admits all namespaces, denies by default, one bucket. */
public final class GatewayBuilder extends ResourceBuilder<EgressGateway> {
    private final List<Listener> listeners = new ArrayList<>();
    private String listenAddress = "127.0.0.1";
    private List<ClientId> agents;
    private AllowedNamespaces allowedNamespaces = new AllowedNamespaces.All();
    private DefaultAction defaultAction = DefaultAction.DENY;
    private List<Cidr> denied = List.of();
    private List<Cidr> permitted = List.of();
    private int ruleBuckets = 1;

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

    /** Of the listeners that follow. */
    public GatewayBuilder listeningOn(String address) {
        listenAddress = address;
        return this;
    }

    public GatewayBuilder agents(String... clientIds) {
        agents = each(ClientId::new, clientIds);
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

    @Override
    protected EgressGateway spec() {
        return new EgressGateway(
                listeners,
                new AgentSelector(agents),
                allowedNamespaces,
                defaultAction,
                new AddressPolicy(denied, permitted),
                ruleBuckets,
                Conduct.DEFAULT);
    }
}
