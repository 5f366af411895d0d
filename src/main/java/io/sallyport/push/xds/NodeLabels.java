package io.sallyport.push.xds;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Locality;
import io.envoyproxy.envoy.config.core.v3.Node;
import io.sallyport.push.ClaimedLabels;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** What an Envoy says of itself: the texts below {@code metadata.labels}, and where it runs. */
final class NodeLabels {
    private static final String METADATA = "labels";
    private static final String REGION = "topology.kubernetes.io/region";
    private static final String ZONE = "topology.kubernetes.io/zone";

    private NodeLabels() {}

    static SortedMap<String, String> of(Node node) {
        Map<String, String> all = new TreeMap<>();
        Struct labels = node.getMetadata()
                .getFieldsOrDefault(METADATA, Value.getDefaultInstance())
                .getStructValue();
        labels.getFieldsMap().forEach((key, value) -> {
            if (value.hasStringValue()) {
                all.put(key, value.getStringValue());
            }
        });
        Locality locality = node.getLocality();
        putWhereSaid(all, REGION, locality.getRegion());
        putWhereSaid(all, ZONE, locality.getZone());
        return ClaimedLabels.of(all);
    }

    private static void putWhereSaid(Map<String, String> all, String key, String value) {
        if (!value.isEmpty()) {
            all.putIfAbsent(key, value);
        }
    }
}
