package io.sallyport.push.agent;

import io.sallyport.domain.Change;
import io.sallyport.domain.Destination;
import io.sallyport.domain.Destination.Resolution;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.EgressGateway.DefaultAction;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Metadata;
import io.sallyport.domain.Name;
import io.sallyport.domain.Namespace;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.Spec;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.destination.Endpoint;
import io.sallyport.domain.destination.UpstreamSettings;
import io.sallyport.domain.gateway.AddressPolicy;
import io.sallyport.domain.gateway.AgentSelector;
import io.sallyport.domain.gateway.AgentSelector.ClientId;
import io.sallyport.domain.gateway.AllowedNamespaces;
import io.sallyport.domain.gateway.Conduct;
import io.sallyport.domain.gateway.ControlPlaneLoss;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.rule.Forwarding;
import io.sallyport.domain.rule.Source;
import io.sallyport.domain.rule.Target;
import io.sallyport.domain.rule.Validity;
import io.sallyport.domain.workload.Scopes;
import io.sallyport.store.Doorbell;
import io.sallyport.store.PolicyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;

/** Writes what is wanted of one gateway into the store, without the API. */
final class Desired {
    private static final Cidr ANYONE = Cidr.parse("127.0.0.0/8");

    private final PolicyStore store;
    private final Doorbell doorbell;
    private final ResourceName gateway;

    Desired(PolicyStore store, Doorbell doorbell, ResourceName gateway) {
        this.store = store;
        this.doorbell = doorbell;
        this.gateway = gateway;
    }

    /** The namespace, a gateway for that client, two destinations, and a rule for the first of them. */
    void begin(String clientId, EgressRule.Action action) {
        write(namespace(), gatewayFor(clientId), destination("billing"), destination("mail"), rule(action));
    }

    void rules(EgressRule.Action action) {
        write(rule(action));
    }

    void admits(String clientId) {
        write(gatewayFor(clientId));
    }

    private Entry namespace() {
        return new Entry(
                ResourceKey.ofNamespace(gateway.namespace()),
                new Namespace(new Scopes(List.of(), List.of(ANYONE), List.of(), List.of(), List.of(), List.of())));
    }

    void lapses(String clientId, Duration after) {
        write(gatewayFor(
                clientId,
                new Conduct(
                        Conduct.DEFAULT.onRevoke(),
                        new ControlPlaneLoss.Lapse(after),
                        Conduct.DEFAULT.refusalDetail(),
                        Conduct.DEFAULT.accessLog(),
                        Conduct.DEFAULT.limits(),
                        List.of())));
    }

    private Entry gatewayFor(String clientId) {
        return gatewayFor(clientId, Conduct.DEFAULT);
    }

    private Entry gatewayFor(String clientId, Conduct conduct) {
        Listener listener = new Listener(
                new Name("http"),
                new IpAddress("127.0.0.1"),
                new PortNumber(10080),
                Listener.Protocol.HTTP,
                List.of(),
                List.of(),
                List.of(),
                false);
        return new Entry(
                new ResourceKey(Kind.EGRESS_GATEWAY, gateway),
                new EgressGateway(
                        List.of(listener),
                        new AgentSelector(List.of(new ClientId(clientId))),
                        new AllowedNamespaces.Same(),
                        DefaultAction.DENY,
                        new AddressPolicy(List.of(), List.of(ANYONE)),
                        EgressGateway.DEFAULT_RULE_BUCKETS,
                        conduct,
                        List.of()));
    }

    private Entry destination(String name) {
        PortNumber http = new PortNumber(80);
        return new Entry(
                key(Kind.DESTINATION, name),
                new Destination(
                        List.of(new HostPattern(name + ".example")),
                        List.of(),
                        List.of(new DestinationPort(http, DestinationPort.Protocol.HTTP, http)),
                        Resolution.STATIC,
                        List.of(new Endpoint("127.0.0.1", List.of(), 1, "", Metadata.noLabels())),
                        List.of(),
                        UpstreamSettings.DEFAULT,
                        List.of(),
                        List.of()));
    }

    private Entry rule(EgressRule.Action action) {
        return new Entry(
                key(Kind.EGRESS_RULE, "to-billing"),
                new EgressRule(
                        gateway,
                        List.of(),
                        EgressRule.Tier.NAMESPACE,
                        EgressRule.DEFAULT_PRIORITY,
                        action,
                        EgressRule.Enforcement.ENFORCE,
                        List.of(new Source(List.of(), List.of(), List.of(), List.of(ANYONE))),
                        List.of(Target.of(key(Kind.DESTINATION, "billing").name(), List.of())),
                        Forwarding.DEFAULT,
                        Validity.ALWAYS,
                        EgressRule.Justification.NONE));
    }

    private ResourceKey key(Kind kind, String name) {
        return ResourceKey.of(kind, gateway.namespace().value(), name);
    }

    private record Entry(ResourceKey key, Spec spec) {
        Change at(Revision revision) {
            Metadata.Stamp now = new Metadata.Stamp(Instant.now(), "test");
            Metadata metadata = new Metadata(
                    key, Metadata.noLabels(), Metadata.noLabels(), UUID.randomUUID(), 1, revision, now, now);
            return new Change.Put(new Resource<>(metadata, spec));
        }
    }

    private void write(Entry... entries) {
        store.write(transaction -> {
            Revision next = transaction.head().next();
            List<Change> changes =
                    Arrays.stream(entries).map(entry -> entry.at(next)).toList();
            return transaction.append(Instant.now(), "test", "", changes);
        });
        doorbell.ring();
    }
}
