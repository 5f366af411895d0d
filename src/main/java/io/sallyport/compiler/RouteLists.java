package io.sallyport.compiler;

import io.sallyport.domain.Destination;
import io.sallyport.domain.Resource;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.CompiledRoute;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** The routes of the ports of a gateway's hosts, each that is the same on several of them once. */
final class RouteLists {
    private final Admission admission;
    private final GatewayRoutes attached;
    private final UpstreamTable upstreams;
    private final RouteGates gates;
    private final Consumer<RouteEscape> told;
    private final SortedMap<String, CompiledRoute> byId = new TreeMap<>();
    private final Usage<String> used = new Usage<>();

    RouteLists(
            Admission admission,
            GatewayRoutes attached,
            UpstreamTable upstreams,
            RouteGates gates,
            Consumer<RouteEscape> told) {
        this.admission = admission;
        this.attached = attached;
        this.upstreams = upstreams;
        this.gates = gates;
        this.told = told;
    }

    /** The ids of those of one port, the first to be tried first; they are in use from now on. */
    List<String> of(ListenerCompilation listener, HostPattern host, Resource<Destination> owner, DestinationPort port) {
        if (attached.isEmpty() || !RouteTargets.canSpeak(listener.listener(), port)) {
            return List.of();
        }
        List<RouteCandidate> candidates = attached.applying(
                listener.listener(), owner.name(), listener.hosts().hosts(host), port.number());
        var compilation = new RouteCompilation(
                admission.gateway().name(),
                listener,
                host,
                port,
                new RouteTargets(admission, upstreams, listener, host, port),
                new RouteEscapes(gates, gates.policies()),
                told);
        return compilation.compiled(candidates).stream().map(this::used).toList();
    }

    private String used(CompiledRoute route) {
        byId.putIfAbsent(route.id(), route);
        used.add(route.id());
        return route.id();
    }

    /** A port has it in its list no longer. */
    void release(String id) {
        used.remove(id);
    }

    /** Those in use, by id. */
    List<CompiledRoute> routes() {
        byId.keySet().retainAll(used.elements());
        return List.copyOf(byId.values());
    }
}
