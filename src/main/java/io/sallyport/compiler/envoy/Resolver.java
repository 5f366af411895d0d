package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.extensions.common.dynamic_forward_proxy.v3.DnsCacheConfig;
import io.sallyport.domain.destination.DnsSettings;
import io.sallyport.domain.gateway.AddressPolicy;
import io.sallyport.domain.snapshot.Upstream;

/**
 * What resolves the names of upstreams that connections lead to: upstreams share one whose addresses are guarded, and
 * whose names are asked for, in the same way.
 *
 * @param key tells it from the others of a gateway; empty for what the gateway itself guards and no destination tunes
 */
record Resolver(String key, DnsCacheConfig cache) {
    private static final int DIGITS = 8;

    static Resolver ofGateway(AddressPolicy policy) {
        return new Resolver("", DnsCache.of(new AddressGuard(policy), DnsSettings.DEFAULT));
    }

    static Resolver of(Upstream upstream, AddressPolicy policy) {
        DnsCacheConfig cache = DnsCache.of(
                new AddressGuard(policy, upstream.settings().addressGuard()),
                upstream.settings().dns());
        Resolver common = ofGateway(policy);
        return cache.equals(common.cache())
                ? common
                : new Resolver(Encoding.digest(cache.toByteString()).substring(0, DIGITS), cache);
    }

    /** Where a name is written down that is to be asked of the resolver with this key. */
    static String stateOf(String key) {
        return key.isEmpty() ? "sallyport.lookup" : "sallyport.lookup/" + key;
    }
}
