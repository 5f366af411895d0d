package io.sallyport.compiler.envoy;

import com.google.protobuf.Struct;
import com.google.protobuf.Value;
import io.envoyproxy.envoy.config.core.v3.Metadata;
import io.envoyproxy.envoy.config.listener.v3.Listener;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A hash of what a listener is made of, which stands in its reports: whoever reads it there knows which listener it was
 * that served, and not only which one was acknowledged.
 */
public final class Fingerprint {
    private static final String METADATA = "sallyport";

    private Fingerprint() {}

    /** The fingerprints of the listeners that are probed, by name: what reports say once all of a snapshot is in effect. */
    public static SortedMap<String, String> of(EnvoySnapshot snapshot) {
        SortedMap<String, String> found = new TreeMap<>();
        snapshot.ofType(ResourceType.LISTENER).forEach((name, resource) -> {
            Listener listener = (Listener) MessageTypes.unpack(resource.body());
            Struct ours = listener.getMetadata().getFilterMetadataOrDefault(METADATA, Struct.getDefaultInstance());
            if (ours.containsFields(Report.FINGERPRINT)) {
                found.put(name, ours.getFieldsOrThrow(Report.FINGERPRINT).getStringValue());
            }
        });
        return found;
    }

    /**
     * A listener that reports it.
     *
     * @param listener what it is made of, given the fingerprint that it is to report
     */
    static Listener onto(Function<String, Listener.Builder> listener) {
        String fingerprint = of(listener.apply("").build());
        return known(listener.apply(fingerprint), fingerprint);
    }

    static String of(Listener listener) {
        return Encoding.digest(listener.toByteString());
    }

    /** Says outside of the reports what they say. */
    static Listener known(Listener.Builder listener, String fingerprint) {
        Struct ours = Struct.newBuilder()
                .putFields(
                        Report.FINGERPRINT,
                        Value.newBuilder().setStringValue(fingerprint).build())
                .build();
        return listener.setMetadata(Metadata.newBuilder().putFilterMetadata(METADATA, ours))
                .build();
    }
}
