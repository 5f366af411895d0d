package io.sallyport.compiler.envoy;

import com.google.protobuf.Duration;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.AggregatedConfigSource;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.ConfigSource;
import io.envoyproxy.envoy.config.core.v3.ExtensionConfigSource;
import java.util.stream.Stream;

/** Where an Envoy asks for what a listener or a cluster only names: on the stream that named it. */
final class Discovery {
    private static final long SECONDS_FOR_ENDPOINTS = 2;
    private static final long SECONDS = 5;

    private Discovery() {}

    static ConfigSource ofRoutes() {
        return ads(SECONDS);
    }

    // A cluster warms until its endpoints are there, and holds back the acknowledgement of all clusters meanwhile.
    static ConfigSource ofEndpoints() {
        return ads(SECONDS_FOR_ENDPOINTS);
    }

    // A certificate that is not there makes its listener wait; a refused handshake is more honest than a closed port.
    static ConfigSource ofSecrets() {
        return ads(SECONDS);
    }

    /** A filter that refuses, as {@code refusal} does, wherever its configuration is not there. */
    static ExtensionConfigSource ofFilter(Message refusal, Message... types) {
        return ExtensionConfigSource.newBuilder()
                .setConfigSource(ads(SECONDS))
                .setDefaultConfig(Encoding.any(refusal))
                .setApplyDefaultConfigWithoutWarming(true)
                .addAllTypeUrls(Stream.concat(Stream.of(types), Stream.of(refusal))
                        .map(type -> "type.googleapis.com/"
                                + type.getDescriptorForType().getFullName())
                        .distinct()
                        .toList())
                .build();
    }

    private static ConfigSource ads(long seconds) {
        return ConfigSource.newBuilder()
                .setAds(AggregatedConfigSource.getDefaultInstance())
                .setResourceApiVersion(ApiVersion.V3)
                .setInitialFetchTimeout(Duration.newBuilder().setSeconds(seconds))
                .build();
    }
}
