package io.sallyport.domain.snapshot;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.security.Authentication;
import io.sallyport.domain.security.JwtProvider;
import io.sallyport.domain.security.TrafficPolicy;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What all policies together ask of the traffic of a listener, or of that to one destination.
 *
 * @param id opaque; equal content, equal id
 * @param layers the closest first: of the destination, then of the listener, then of the whole gateway
 * @param authentication the closest section, with the providers of all policies that are as close, as far as the listener
 *     can see what it asks for; at most one
 * @param authorization the rules of all layers, in their order
 * @param services that are asked; one that is named and not among them is nowhere, and what depends on it is refused
 */
public record EffectivePolicy(
        String id,
        List<Layer> layers,
        List<Authentication> authentication,
        List<AuthorizationClause> authorization,
        List<PolicyService> services) {
    /** Asks for nothing. */
    public static final EffectivePolicy NONE = new EffectivePolicy("", List.of(), List.of(), List.of(), List.of());

    public EffectivePolicy {
        layers = List.copyOf(layers);
        authentication = List.copyOf(authentication);
        authorization = List.copyOf(authorization);
        services = List.copyOf(services);
    }

    /** Whose tokens are taken for proof. */
    public List<JwtProvider> jwt() {
        return authentication.stream().flatMap(one -> one.jwt().stream()).toList();
    }

    /** The section that counts where the closest wins; at most one. */
    public <T> List<T> closest(Function<TrafficPolicy, List<T>> section) {
        return sections(section).limit(1).toList();
    }

    /** The sections that add up. */
    public <T> Stream<T> sections(Function<TrafficPolicy, List<T>> section) {
        return layers.stream().map(Layer::traffic).map(section).flatMap(Collection::stream);
    }

    /** Where a service is that is named so; at most one. */
    public List<PolicyService> service(ResourceName destination, List<PortNumber> port) {
        return services.stream()
                .filter(one ->
                        one.destination().equals(destination) && one.port().equals(port))
                .toList();
    }

    /** What one policy asks. */
    public record Layer(ResourceName policy, TrafficPolicy traffic) {}
}
