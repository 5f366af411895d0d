package io.sallyport.domain.snapshot;

import io.sallyport.domain.ResourceName;
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
 */
public record EffectivePolicy(String id, List<Layer> layers) {
    public EffectivePolicy {
        layers = List.copyOf(layers);
    }

    /** The section that counts where the closest wins; at most one. */
    public <T> List<T> closest(Function<TrafficPolicy, List<T>> section) {
        return sections(section).limit(1).toList();
    }

    /** The sections that add up. */
    public <T> Stream<T> sections(Function<TrafficPolicy, List<T>> section) {
        return layers.stream().map(Layer::traffic).map(section).flatMap(Collection::stream);
    }

    /** What one policy asks. */
    public record Layer(ResourceName policy, TrafficPolicy traffic) {}
}
