package io.sallyport.compiler.envoy;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.DnsLookupFamily;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.envoyproxy.envoy.extensions.common.dynamic_forward_proxy.v3.DnsCacheConfig;
import io.sallyport.domain.destination.DnsSettings;
import io.sallyport.domain.snapshot.Upstream.UpstreamEndpoint;
import java.time.Duration;
import java.util.List;

/**
 * A cache of names that are resolved as they come. It leaves out what is refused, so nothing that asks it ever learns of
 * such an address. Answers are kept for their time to live, and no shorter than the refresh rate.
 */
final class DnsCache {
    private static final int MOST_HOSTS = 10_000;
    private static final Duration FOR_GOOD = Duration.ofDays(3650);

    private DnsCache() {}

    /** Of names that come with requests, and those only. */
    static DnsCacheConfig of(AddressGuard guard, DnsSettings settings) {
        return of(guard, settings, List.of());
    }

    /**
     * Its name says what is in it, since Envoy refuses a second cache of the same name that differs. What is {@code known}
     * is looked up before anybody asks, and stays: Envoy does not wait for names that it asks for by itself.
     */
    static DnsCacheConfig of(AddressGuard guard, DnsSettings settings, List<UpstreamEndpoint> known) {
        DnsCacheConfig.Builder cache = DnsCacheConfig.newBuilder()
                .setDnsLookupFamily(family(settings))
                .setDnsRefreshRate(Durations.of(settings.refreshRate()))
                .setDnsMinRefreshRate(
                        Durations.of(settings.respectTtl() ? DnsSettings.DEFAULT_REFRESH_RATE : settings.refreshRate()))
                .setMaxHosts(UInt32Value.of(MOST_HOSTS));
        known.forEach(name -> cache.addPreresolveHostnames(SocketAddress.newBuilder()
                .setAddress(name.address())
                .setPortValue(name.port().value())));
        if (!known.isEmpty()) {
            cache.setHostTtl(Durations.of(FOR_GOOD));
        }
        NewerFields.filteringAddresses(cache, guard.refused());
        return cache.setName("sallyport/" + Encoding.digest(cache.build().toByteString()))
                .build();
    }

    private static DnsLookupFamily family(DnsSettings settings) {
        return switch (settings.family()) {
            case V4_PREFERRED -> DnsLookupFamily.V4_PREFERRED;
            case V4_ONLY -> DnsLookupFamily.V4_ONLY;
            case V6_ONLY -> DnsLookupFamily.V6_ONLY;
            case ALL -> DnsLookupFamily.ALL;
        };
    }
}
