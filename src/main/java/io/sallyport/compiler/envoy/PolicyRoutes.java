package io.sallyport.compiler.envoy;

import com.google.protobuf.Any;
import com.google.protobuf.BoolValue;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import io.envoyproxy.envoy.config.route.v3.FilterConfig;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.extensions.filters.http.buffer.v3.Buffer;
import io.envoyproxy.envoy.extensions.filters.http.buffer.v3.BufferPerRoute;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.CorsPolicy;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.sallyport.domain.security.Cors;
import io.sallyport.domain.security.HeaderPolicy;
import io.sallyport.domain.security.RequestLimits;
import io.sallyport.domain.security.TrafficPolicy;
import io.sallyport.domain.snapshot.EffectivePolicy;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PoliciesInForce;
import java.util.List;
import java.util.SortedMap;
import java.util.regex.Pattern;

/**
 * What policies ask of the requests to a host, said by each of its routes: the filters that do it sleep in the listener
 * until a route wakes them, so a policy that comes or goes changes no listener.
 */
final class PolicyRoutes {
    private static final Any AWAKE = Encoding.any(
            FilterConfig.newBuilder().setConfig(Any.getDefaultInstance()).build());

    private final ListenerSnapshot listener;
    private final PoliciesInForce policies;
    private final String limits;
    private final String services;
    private final String counting;

    PolicyRoutes(ListenerSnapshot listener, PoliciesInForce policies) {
        this.listener = listener;
        this.policies = policies;
        this.services = ResourceNames.externalAuthorization(listener.listener());
        this.counting = ResourceNames.counting(listener.listener());
        this.limits = ResourceNames.limits(listener.listener());
    }

    /** What is asked of requests to a host. */
    EffectivePolicy of(HostEntry host) {
        return policies.at(listener, host);
    }

    /** The route, asking that of its requests; what is in a tunnel cannot be asked anything. */
    Route onto(HostEntry host, Route route) {
        return route.getMatch().hasConnectMatcher() ? route : onto(host, of(host), route.toBuilder());
    }

    private Route onto(HostEntry host, EffectivePolicy policy, Route.Builder route) {
        policy.closest(TrafficPolicy::headers).forEach(headers -> headers(route, headers));
        policy.closest(TrafficPolicy::cors)
                .forEach(cors -> route.putTypedPerFilterConfig(HttpFilters.CORS, Encoding.any(cors(cors))));
        policy.sections(TrafficPolicy::requestLimits)
                .flatMapToLong(limits -> limits.body().stream())
                .min()
                .ifPresent(bytes -> route.putTypedPerFilterConfig(HttpFilters.BODY_LIMIT, Encoding.any(body(bytes)))
                        .putTypedPerFilterConfig(HttpFilters.BODY_SIZE, Encoding.any(BodySize.above(bytes))));
        if (ExternalAuthorizations.isIn(policy)) {
            route.putTypedPerFilterConfig(services, AWAKE);
        }
        if (route.hasRoute()) {
            counted(route, host, policy);
        }
        if (ExternalAuthorizations.isIn(policy) || CountingServices.isIn(policy)) {
            Stamp.onto(route, Headers.set(Headers.POLICY, policy.id()));
        }
        return route.build();
    }

    private void counted(Route.Builder route, HostEntry host, EffectivePolicy policy) {
        if (RateLimits.areIn(policy)) {
            route.putTypedPerFilterConfig(limits, AWAKE);
            RateLimits.onto(route, host, policy);
        }
        if (CountingServices.isIn(policy)) {
            route.putTypedPerFilterConfig(counting, AWAKE);
            CountingServices.onto(route, host, policy);
        }
        if (RateLimits.countsSources(policy) || CountingServices.countsSources(policy)) {
            Stamp.onto(route, Headers.set(Headers.SOURCE, "%DOWNSTREAM_REMOTE_ADDRESS_WITHOUT_PORT%"));
        }
    }

    // Envoy takes off first, puts in place next and adds at last, whoever says it: what a policy says counts after that
    // of
    // routes.
    private static void headers(Route.Builder route, HeaderPolicy headers) {
        List<HeaderValueOption> request = left(route.getRequestHeadersToAddList(), headers.request());
        List<HeaderValueOption> response = left(route.getResponseHeadersToAddList(), headers.response());
        route.clearRequestHeadersToAdd()
                .clearResponseHeadersToAdd()
                .addAllRequestHeadersToAdd(request)
                .addAllResponseHeadersToAdd(response)
                .addAllRequestHeadersToRemove(headers.request().strip())
                .addAllRequestHeadersToAdd(set(headers.request().set()))
                .addAllResponseHeadersToRemove(headers.response().strip())
                .addAllResponseHeadersToAdd(set(headers.response().set()));
    }

    private static List<HeaderValueOption> left(List<HeaderValueOption> given, HeaderPolicy.Edit edit) {
        return given.stream()
                .filter(option -> !edit.strip().contains(option.getHeader().getKey())
                        && !edit.set().containsKey(option.getHeader().getKey()))
                .toList();
    }

    // A percent sign would begin a command of Envoy's.
    private static List<HeaderValueOption> set(SortedMap<String, String> values) {
        return values.entrySet().stream()
                .map(entry -> HeaderValueOption.newBuilder()
                        .setHeader(HeaderValue.newBuilder()
                                .setKey(entry.getKey())
                                .setValue(entry.getValue().replace("%", "%%")))
                        .setAppendAction(HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD)
                        .build())
                .toList();
    }

    private static BufferPerRoute body(long bytes) {
        return BufferPerRoute.newBuilder()
                .setBuffer(Buffer.newBuilder()
                        .setMaxRequestBytes(UInt32Value.of((int) Math.min(bytes, RequestLimits.MOST_BYTES))))
                .build();
    }

    private static CorsPolicy cors(Cors cors) {
        CorsPolicy.Builder policy = CorsPolicy.newBuilder()
                .addAllAllowOriginStringMatch(
                        cors.allowOrigins().stream().map(PolicyRoutes::origin).toList())
                .setAllowMethods(String.join(",", cors.allowMethods()))
                .setAllowHeaders(String.join(",", cors.allowHeaders()))
                .setExposeHeaders(String.join(",", cors.exposeHeaders()))
                .setMaxAge(Long.toString(cors.maxAge().toSeconds()))
                .setForwardNotMatchingPreflights(BoolValue.of(false));
        return policy.setAllowCredentials(BoolValue.of(cors.allowCredentials())).build();
    }

    private static StringMatcher origin(String origin) {
        if (!origin.contains("*")) {
            return StringMatcher.newBuilder().setExact(origin).build();
        }
        String regex = origin.equals("*")
                ? ".*"
                : Pattern.compile("\\*")
                        .splitAsStream(origin)
                        .map(Predicates::literally)
                        .reduce((before, after) -> before + "[A-Za-z0-9.-]+" + after)
                        .orElseThrow();
        return StringMatcher.newBuilder()
                .setSafeRegex(RegexMatcher.newBuilder().setRegex(regex))
                .build();
    }
}
