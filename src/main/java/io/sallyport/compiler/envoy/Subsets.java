package io.sallyport.compiler.envoy;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.sallyport.domain.Name;
import io.sallyport.domain.destination.Subset;
import io.sallyport.domain.snapshot.Upstream;
import io.sallyport.domain.snapshot.Upstream.UpstreamEndpoint;
import java.util.List;
import java.util.SortedMap;

/** Some of the endpoints of an upstream, by their labels. */
final class Subsets {
    private Subsets() {}

    /** What a request says so that its upstream's balancer chooses among them. */
    static Metadata metadata(Upstream upstream, Name subset) {
        var labels = Struct.newBuilder();
        labels(upstream, subset)
                .forEach((label, value) -> labels.putFields(
                        label, Value.newBuilder().setStringValue(value).build()));
        return Metadata.newBuilder()
                .putFilterMetadata(Endpoints.LABELS, labels.build())
                .build();
    }

    /** An upstream of its own with those endpoints alone, for senders that cannot say more than the name of a cluster. */
    static Upstream alone(Upstream upstream, List<Name> subset) {
        return subset.stream().map(name -> alone(upstream, name)).findFirst().orElse(upstream);
    }

    private static Upstream alone(Upstream upstream, Name subset) {
        SortedMap<String, String> labels = labels(upstream, subset);
        List<UpstreamEndpoint> endpoints = upstream.endpoints().stream()
                .filter(endpoint -> endpoint.labels().entrySet().containsAll(labels.entrySet()))
                .toList();
        return new Upstream(
                upstream.name() + "@" + subset,
                upstream.destination(),
                upstream.port(),
                upstream.targetPort(),
                upstream.protocol(),
                upstream.resolution(),
                endpoints,
                List.of(),
                upstream.settings(),
                upstream.tls(),
                upstream.injection());
    }

    private static SortedMap<String, String> labels(Upstream upstream, Name subset) {
        return upstream.subsets().stream()
                .filter(each -> each.name().equals(subset))
                .map(Subset::labels)
                .findFirst()
                .orElseThrow();
    }
}
