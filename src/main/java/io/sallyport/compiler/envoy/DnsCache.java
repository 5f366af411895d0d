package io.sallyport.compiler.envoy;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.cluster.v3.Cluster.DnsLookupFamily;
import io.envoyproxy.envoy.extensions.common.dynamic_forward_proxy.v3.DnsCacheConfig;
import io.sallyport.domain.destination.DnsSettings;

/**
 * A cache of names that are resolved as they come. It leaves out what is refused, so nothing that asks it ever learns of
 * such an address. Answers are kept for their time to live, and no shorter than the refresh rate.
 */
final class DnsCache {
    private static final int MOST_HOSTS = 10_000;

    private DnsCache() {}

    /** Its name says what is in it, since Envoy refuses a second cache of the same name that differs. */
    static DnsCacheConfig of(AddressGuard guard, DnsSettings settings) {
        DnsCacheConfig.Builder cache = DnsCacheConfig.newBuilder()
                .setDnsLookupFamily(family(settings))
                .setDnsRefreshRate(Durations.of(settings.refreshRate()))
                .setDnsMinRefreshRate(
                        Durations.of(settings.respectTtl() ? DnsSettings.DEFAULT_REFRESH_RATE : settings.refreshRate()))
                .setMaxHosts(UInt32Value.of(MOST_HOSTS));
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
