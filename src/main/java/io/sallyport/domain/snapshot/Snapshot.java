package io.sallyport.domain.snapshot;

import io.sallyport.domain.EgressGateway.DefaultAction;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.gateway.AddressPolicy;
import java.util.List;

/**
 * What a gateway must run at a revision. Every list is ordered and without repeats, so equal content means equal
 * bytes.
 *
 * @param sources the table who, one entry per distinct {@code from} entry that any rule uses
 * @param listeners with the tables where and may of each
 * @param routes every one that a port of a host entry names, by id
 * @param upstreams every place that a host entry or a route leads to, by name
 * @param policies what listeners and host entries refer to, by id
 * @param secrets what listeners, upstreams and policies refer to, by name
 */
public record Snapshot(
        ResourceName gateway,
        SnapshotVersion version,
        GatewaySettings settings,
        List<SourceClass> sources,
        List<ListenerSnapshot> listeners,
        List<CompiledRoute> routes,
        List<Upstream> upstreams,
        List<EffectivePolicy> policies,
        List<Secret> secrets) {
    public Snapshot {
        sources = List.copyOf(sources);
        listeners = List.copyOf(listeners);
        routes = List.copyOf(routes);
        upstreams = List.copyOf(upstreams);
        policies = List.copyOf(policies);
        secrets = List.copyOf(secrets);
    }

    public DefaultAction defaultAction() {
        return settings.defaultAction();
    }

    public AddressPolicy addressPolicy() {
        return settings.addressPolicy();
    }

    public int ruleBuckets() {
        return settings.ruleBuckets();
    }

    /** The same with other listeners, and with a version that does not say so yet. */
    public Snapshot with(List<ListenerSnapshot> newListeners) {
        return new Snapshot(gateway, version, settings, sources, newListeners, routes, upstreams, policies, secrets);
    }

    public boolean hasContentOf(Snapshot other) {
        return version.hash().equals(other.version.hash());
    }
}
