package io.sallyport.compiler.envoy;

import com.google.protobuf.Message;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.ratelimit.v3.RateLimitServiceConfig;
import io.envoyproxy.envoy.config.route.v3.RateLimit;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.type.v3.HttpStatus;
import io.envoyproxy.envoy.type.v3.StatusCode;
import io.sallyport.domain.security.RateLimit.Global;
import io.sallyport.domain.snapshot.EffectivePolicy;
import io.sallyport.domain.snapshot.HostEntry;
import java.util.List;

/** Services that count what comes, and say whether it is too much. The closest policy says which. */
final class CountingServices {
    /** Routes say by it what is for services, and not for {@link RateLimits}. */
    private static final int STAGE = 1;

    private CountingServices() {}

    static boolean isIn(EffectivePolicy policy) {
        return !asked(policy).isEmpty();
    }

    /** The filter that a policy asks for; none where it asks for none, or its service is nowhere. */
    static List<Message> of(EffectivePolicy policy, Services services) {
        return asked(policy).stream()
                .flatMap(asked -> policy.service(asked.destination(), asked.port()).stream()
                        .<Message>map(service -> filter(asked, services.of(service))))
                .toList();
    }

    /** Says what a request to the host counts for. */
    static void onto(Route.Builder route, HostEntry host, EffectivePolicy policy) {
        for (Global asked : asked(policy)) {
            RateLimit.Builder limit = RateLimit.newBuilder().setStage(UInt32Value.of(STAGE));
            asked.keys().stream()
                    .distinct()
                    .sorted()
                    .flatMap(key -> RateLimitKeys.actions(key, host))
                    .forEach(limit::addActions);
            route.getRouteBuilder().addRateLimits(limit);
        }
    }

    static boolean countsSources(EffectivePolicy policy) {
        return asked(policy).stream()
                .anyMatch(asked -> asked.keys().contains(io.sallyport.domain.security.RateLimit.Key.SOURCE));
    }

    private static List<Global> asked(EffectivePolicy policy) {
        return policy.layers().stream()
                .flatMap(layer -> layer.traffic().rateLimit().stream())
                .flatMap(limit -> limit.global().stream())
                .limit(1)
                .toList();
    }

    private static Message filter(Global asked, Services.Asked service) {
        return io.envoyproxy.envoy.extensions.filters.http.ratelimit.v3.RateLimit.newBuilder()
                .setDomain(asked.domain())
                .setStage(STAGE)
                .setTimeout(Durations.of(asked.timeout()))
                .setFailureModeDeny(!asked.failOpen())
                .setStatusOnError(HttpStatus.newBuilder().setCode(StatusCode.ServiceUnavailable))
                .setRateLimitedAsResourceExhausted(true)
                .setRateLimitService(RateLimitServiceConfig.newBuilder()
                        .setGrpcService(ServiceFilters.grpc(service, asked.timeout()))
                        .setTransportApiVersion(ApiVersion.V3))
                .build();
    }
}
