package io.sallyport.compiler.envoy;

import com.google.protobuf.BoolValue;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.RuntimeFractionalPercent;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.LocalRateLimitDescriptor;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor;
import io.envoyproxy.envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit;
import io.envoyproxy.envoy.type.v3.FractionalPercent;
import io.envoyproxy.envoy.type.v3.FractionalPercent.DenominatorType;
import io.envoyproxy.envoy.type.v3.HttpStatus;
import io.envoyproxy.envoy.type.v3.StatusCode;
import io.envoyproxy.envoy.type.v3.TokenBucket;
import io.sallyport.domain.security.RateLimit;
import io.sallyport.domain.snapshot.EffectivePolicy;
import io.sallyport.domain.snapshot.HostEntry;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The limits that a proxy counts by itself. Their buckets are one filter's, so that a limit is shared by all that it is
 * about; what a request counts for, its route says.
 */
final class RateLimits {
    private static final String LIMIT = "limit";
    private static final int ALL = Integer.MAX_VALUE;

    // How many sources are counted at once. One more, and the one that was not heard of for longest begins anew.
    private static final int MOST_BUCKETS = 100_000;

    private RateLimits() {}

    /** A limit with the name that it is counted under. */
    private record Named(String name, RateLimit.Local limit) {}

    static boolean areIn(EffectivePolicy policy) {
        return in(policy).findAny().isPresent();
    }

    private static Stream<Named> in(EffectivePolicy policy) {
        return policy.layers().stream().flatMap(layer -> {
            List<RateLimit.Local> limits = layer.traffic().rateLimit().stream()
                    .flatMap(limit -> limit.local().stream())
                    .toList();
            return IntStream.range(0, limits.size())
                    .mapToObj(index -> new Named(layer.policy() + "/" + index, limits.get(index)));
        });
    }

    static TypedExtensionConfig table(String name, Collection<EffectivePolicy> policies) {
        SortedMap<String, RateLimit.Local> limits = new TreeMap<>();
        policies.stream().flatMap(RateLimits::in).forEach(one -> limits.put(one.name(), one.limit()));
        LocalRateLimit filter = LocalRateLimit.newBuilder()
                .setStatPrefix("limits")
                .setStatus(HttpStatus.newBuilder().setCode(StatusCode.TooManyRequests))
                .setTokenBucket(bucket(ALL, ALL, Duration.ofSeconds(1)))
                .setFilterEnabled(always())
                .setFilterEnforced(always())
                .addAllDescriptors(limits.entrySet().stream()
                        .map(entry -> descriptor(entry.getKey(), entry.getValue()))
                        .toList())
                .setAlwaysConsumeDefaultTokenBucket(BoolValue.of(false))
                .setMaxDynamicDescriptors(UInt32Value.of(MOST_BUCKETS))
                .setRateLimitedAsResourceExhausted(true)
                .build();
        return Composites.extension(name, filter);
    }

    private static LocalRateLimitDescriptor descriptor(String name, RateLimit.Local limit) {
        var descriptor = LocalRateLimitDescriptor.newBuilder()
                .addEntries(RateLimitDescriptor.Entry.newBuilder().setKey(LIMIT).setValue(name));
        // A key without a value has a bucket for each value.
        keys(limit)
                .forEach(key -> RateLimitKeys.names(key)
                        .forEach(part -> descriptor.addEntries(
                                RateLimitDescriptor.Entry.newBuilder().setKey(part))));
        return descriptor
                .setTokenBucket(bucket(limit.burst(), limit.requests(), limit.per()))
                .build();
    }

    private static TokenBucket bucket(int most, int gained, Duration per) {
        return TokenBucket.newBuilder()
                .setMaxTokens(most)
                .setTokensPerFill(UInt32Value.of(gained))
                .setFillInterval(Durations.of(per))
                .build();
    }

    private static RuntimeFractionalPercent always() {
        return RuntimeFractionalPercent.newBuilder()
                .setDefaultValue(
                        FractionalPercent.newBuilder().setNumerator(100).setDenominator(DenominatorType.HUNDRED))
                .build();
    }

    /** Says what a request to the host counts for. */
    static void onto(Route.Builder route, HostEntry host, EffectivePolicy policy) {
        List<Named> limits = in(policy).toList();
        for (Named one : limits) {
            var limit = io.envoyproxy.envoy.config.route.v3.RateLimit.newBuilder()
                    .addActions(RateLimitKeys.fixed(LIMIT, one.name()));
            keys(one.limit()).flatMap(key -> RateLimitKeys.actions(key, host)).forEach(limit::addActions);
            route.getRouteBuilder().addRateLimits(limit);
        }
    }

    static boolean countsSources(EffectivePolicy policy) {
        return in(policy).anyMatch(one -> one.limit().keys().contains(RateLimit.Key.SOURCE));
    }

    private static Stream<RateLimit.Key> keys(RateLimit.Local limit) {
        return limit.keys().stream().distinct().sorted();
    }
}
