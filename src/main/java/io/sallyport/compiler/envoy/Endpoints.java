package io.sallyport.compiler.envoy;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import com.google.protobuf.Struct;
import com.google.protobuf.UInt32Value;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.endpoint.v3.ClusterLoadAssignment;
import io.envoyproxy.envoy.config.endpoint.v3.Endpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LbEndpoint;
import io.envoyproxy.envoy.config.endpoint.v3.LocalityLbEndpoints;
import io.sallyport.domain.snapshot.Upstream;
import io.sallyport.domain.snapshot.Upstream.UpstreamEndpoint;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * The endpoints of an upstream, for the cluster that sends to it. Localities that are named in order of preference are
 * priorities: one is used as far as those before it are not well.
 */
final class Endpoints {
    /** What the balancer of subsets reads. */
    static final String LABELS = "envoy.lb";

    private Endpoints() {}

    static ClusterLoadAssignment of(String cluster, Upstream upstream) {
        return assignment(cluster, byPreference(upstream, Endpoints::connected));
    }

    /** The same places, asked of the forward proxy; where there are none, one that is said with each connection. */
    static ClusterLoadAssignment throughProxy(String cluster, Upstream upstream) {
        return upstream.endpoints().isEmpty()
                ? assignment(
                        cluster,
                        List.of(LocalityLbEndpoints.newBuilder()
                                .addLbEndpoints(ProxyTunnel.anywhere())
                                .build()))
                : assignment(cluster, byPreference(upstream, ProxyTunnel::endpoint));
    }

    private static ClusterLoadAssignment assignment(String cluster, List<LocalityLbEndpoints> endpoints) {
        return ClusterLoadAssignment.newBuilder()
                .setClusterName(cluster)
                .addAllEndpoints(endpoints)
                .build();
    }

    /** How many priorities there are, 1 at least. */
    static int priorities(Upstream upstream) {
        return Math.max(1, ranked(upstream).size());
    }

    private static List<LocalityLbEndpoints> byPreference(
            Upstream upstream, Function<UpstreamEndpoint, LbEndpoint.Builder> reaching) {
        List<LocalityLbEndpoints> localities = new ArrayList<>();
        int priority = 0;
        for (List<UpstreamEndpoint> alike : ranked(upstream).values()) {
            int same = priority++;
            SortedMap<String, List<UpstreamEndpoint>> byLocality =
                    alike.stream().collect(groupingBy(UpstreamEndpoint::locality, TreeMap::new, toList()));
            byLocality.forEach((locality, endpoints) -> localities.add(together(
                    same,
                    locality,
                    endpoints.stream()
                            .map(endpoint -> described(endpoint, reaching.apply(endpoint)))
                            .toList())));
        }
        return localities;
    }

    // Ranks without endpoints are left out: Envoy wants priorities without gaps.
    private static SortedMap<Integer, List<UpstreamEndpoint>> ranked(Upstream upstream) {
        List<String> preferred = upstream.settings().loadBalancer().localities();
        return upstream.endpoints().stream()
                .collect(groupingBy(endpoint -> rank(preferred, endpoint), TreeMap::new, toList()));
    }

    private static int rank(List<String> preferred, UpstreamEndpoint endpoint) {
        int place = preferred.indexOf(endpoint.locality());
        return place < 0 ? preferred.size() : place;
    }

    private static LocalityLbEndpoints together(int priority, String locality, List<LbEndpoint> endpoints) {
        var together = LocalityLbEndpoints.newBuilder().setPriority(priority).addAllLbEndpoints(endpoints);
        return locality.isEmpty()
                ? together.build()
                : together.setLocality(Locality.newBuilder().setZone(locality)).build();
    }

    private static LbEndpoint.Builder connected(UpstreamEndpoint endpoint) {
        return LbEndpoint.newBuilder()
                .setEndpoint(Endpoint.newBuilder().setAddress(Addresses.socket(endpoint.address(), endpoint.port())));
    }

    private static LbEndpoint described(UpstreamEndpoint endpoint, LbEndpoint.Builder reached) {
        if (endpoint.weight() != 1) {
            reached.setLoadBalancingWeight(UInt32Value.of(endpoint.weight()));
        }
        if (!endpoint.labels().isEmpty()) {
            reached.setMetadata(reached.getMetadata().toBuilder().putFilterMetadata(LABELS, labels(endpoint)));
        }
        return reached.build();
    }

    private static Struct labels(UpstreamEndpoint endpoint) {
        var labels = Struct.newBuilder();
        endpoint.labels()
                .forEach((label, value) -> labels.putFields(
                        label, Value.newBuilder().setStringValue(value).build()));
        return labels.build();
    }
}
