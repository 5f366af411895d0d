package io.sallyport.compiler;

import io.sallyport.domain.Destination;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.security.ExternalAuthorization;
import io.sallyport.domain.security.TrafficPolicy;
import io.sallyport.domain.snapshot.EffectivePolicy.Layer;
import io.sallyport.domain.snapshot.PolicyService;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Where the services are that policies have a gateway ask. One that it does not know is left out, and then refuses. */
final class PolicyServices {
    private final Admission admission;
    private final UpstreamTable upstreams;

    PolicyServices(Admission admission, UpstreamTable upstreams) {
        this.admission = admission;
        this.upstreams = upstreams;
    }

    /** Those that all of these name, without repeats. */
    List<PolicyService> of(Collection<Layer> layers) {
        return layers.stream().map(Layer::traffic).flatMap(this::of).distinct().toList();
    }

    private Stream<PolicyService> of(TrafficPolicy traffic) {
        return Stream.concat(
                traffic.externalAuthorization().stream()
                        .flatMap(service -> find(service.destination(), service.port(), isOverGrpc(service)).stream()),
                traffic.rateLimit().stream()
                        .flatMap(limit -> limit.global().stream())
                        .flatMap(service -> find(service.destination(), service.port(), true).stream()));
    }

    static boolean isOverGrpc(ExternalAuthorization asked) {
        return asked.protocol() == ExternalAuthorization.Protocol.GRPC;
    }

    private Optional<PolicyService> find(ResourceName name, List<PortNumber> port, boolean overGrpc) {
        return admission
                .destination(name)
                .filter(destination -> isJudged(destination, overGrpc))
                .flatMap(destination -> host(destination)
                        .flatMap(host -> port(destination.spec(), port)
                                .flatMap(found -> upstreams.leadingTo(destination, found, List.of(host)))
                                .map(upstream -> new PolicyService(name, port, host.value(), upstream))));
    }

    /**
     * Whether the addresses of a service are judged before anybody connects to them. Gateways ask by themselves, past the
     * guard of names; what is asked over gRPC goes by its own name, which a cache resolves that leaves out what is refused.
     */
    static boolean isJudged(Resource<Destination> destination, boolean overGrpc) {
        return switch (destination.spec().resolution()) {
            case STATIC -> true;
            case DNS -> overGrpc && destination.spec().endpoints().size() <= 1;
            case DYNAMIC -> overGrpc;
            case ORIGINAL -> false;
        };
    }

    /** The host by which a destination is asked. */
    static Optional<HostPattern> host(Resource<Destination> destination) {
        return destination.spec().hosts().stream()
                .filter(host -> !host.isWildcard() && !host.isRange())
                .findFirst();
    }

    /** The port that is meant: the one that is named, else the first that speaks HTTP. */
    static Optional<DestinationPort> port(Destination destination, List<PortNumber> named) {
        return destination.ports().stream()
                .filter(port -> named.isEmpty() ? port.protocol().isReachableByHttp() : named.contains(port.number()))
                .findFirst();
    }
}
