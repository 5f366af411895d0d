package io.sallyport.compiler.envoy;

import com.google.protobuf.BoolValue;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.common.mutation_rules.v3.HeaderMutationRules;
import io.envoyproxy.envoy.config.core.v3.ApiVersion;
import io.envoyproxy.envoy.config.core.v3.HttpUri;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.AuthorizationResponse;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.BufferSettings;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.ExtAuthz;
import io.envoyproxy.envoy.extensions.filters.http.ext_authz.v3.HttpService;
import io.envoyproxy.envoy.type.matcher.v3.ListStringMatcher;
import io.envoyproxy.envoy.type.matcher.v3.RegexMatcher;
import io.envoyproxy.envoy.type.matcher.v3.StringMatcher;
import io.envoyproxy.envoy.type.v3.HttpStatus;
import io.envoyproxy.envoy.type.v3.StatusCode;
import io.sallyport.domain.security.ExternalAuthorization;
import io.sallyport.domain.security.TrafficPolicy;
import io.sallyport.domain.snapshot.EffectivePolicy;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How services are asked whether requests may pass. They are shown no header but those that the policy names. */
final class ExternalAuthorizations {
    // No header is called so.
    private static final String NONE = "-";

    private ExternalAuthorizations() {}

    static boolean isIn(EffectivePolicy policy) {
        return !policy.closest(TrafficPolicy::externalAuthorization).isEmpty();
    }

    /** The filter that a policy asks for; none where it asks for none, or its service is nowhere. */
    static List<Message> of(EffectivePolicy policy, Services services) {
        return policy.closest(TrafficPolicy::externalAuthorization).stream()
                .flatMap(asked -> policy.service(asked.destination(), asked.port()).stream()
                        .<Message>map(service -> filter(asked, services.of(service))))
                .toList();
    }

    private static ExtAuthz filter(ExternalAuthorization asked, Services.Asked service) {
        ExtAuthz.Builder filter = ExtAuthz.newBuilder()
                .setStatPrefix("external-authorization")
                .setTransportApiVersion(ApiVersion.V3)
                .setFailureModeAllow(asked.failOpen())
                .setStatusOnError(HttpStatus.newBuilder().setCode(StatusCode.ServiceUnavailable))
                .setAllowedHeaders(exactly(asked.requestHeaders()))
                .setValidateMutations(true)
                .setDecoderHeaderMutationRules(HeaderMutationRules.newBuilder()
                        .setDisallowAll(BoolValue.of(true))
                        .setAllowExpression(anyOf(asked.upstreamHeaders())));
        if (asked.maxBodyBytes() > 0) {
            filter.setWithRequestBody(BufferSettings.newBuilder()
                    .setMaxRequestBytes(asked.maxBodyBytes())
                    .setAllowPartialMessage(true));
        }
        return switch (asked.protocol()) {
            case GRPC ->
                filter.setGrpcService(ServiceFilters.grpc(service, asked.timeout()))
                        .build();
            case HTTP -> filter.setHttpService(http(asked, service)).build();
        };
    }

    private static HttpService http(ExternalAuthorization asked, Services.Asked service) {
        return HttpService.newBuilder()
                .setServerUri(HttpUri.newBuilder()
                        .setUri("http://" + service.authority())
                        .setCluster(service.cluster())
                        .setTimeout(Durations.of(asked.timeout())))
                .setPathPrefix(asked.pathPrefix())
                .setAuthorizationResponse(
                        AuthorizationResponse.newBuilder().setAllowedUpstreamHeaders(exactly(asked.upstreamHeaders())))
                .build();
    }

    private static RegexMatcher anyOf(Collection<String> names) {
        Stream<String> known = names.isEmpty() ? Stream.of(NONE) : names.stream();
        return RegexMatcher.newBuilder()
                .setRegex(known.map(Predicates::literally).collect(Collectors.joining("|", "(?i)(", ")")))
                .build();
    }

    private static ListStringMatcher exactly(Collection<String> names) {
        Stream<String> known = names.isEmpty() ? Stream.of(NONE) : names.stream();
        return ListStringMatcher.newBuilder()
                .addAllPatterns(known.map(name ->
                                StringMatcher.newBuilder().setExact(name).build())
                        .toList())
                .build();
    }
}
