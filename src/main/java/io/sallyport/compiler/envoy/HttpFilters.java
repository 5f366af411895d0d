package io.sallyport.compiler.envoy;

import com.github.xds.type.matcher.v3.Matcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherTree;
import com.google.protobuf.Message;
import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.extensions.common.matching.v3.ExtensionWithMatcher;
import io.envoyproxy.envoy.extensions.filters.http.buffer.v3.Buffer;
import io.envoyproxy.envoy.extensions.filters.http.composite.v3.Composite;
import io.envoyproxy.envoy.extensions.filters.http.composite.v3.DynamicConfig;
import io.envoyproxy.envoy.extensions.filters.http.composite.v3.ExecuteFilterAction;
import io.envoyproxy.envoy.extensions.filters.http.cors.v3.Cors;
import io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.HeaderMutation;
import io.envoyproxy.envoy.extensions.filters.http.header_mutation.v3.Mutations;
import io.envoyproxy.envoy.extensions.filters.http.jwt_authn.v3.JwtAuthentication;
import io.envoyproxy.envoy.extensions.filters.http.local_ratelimit.v3.LocalRateLimit;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.filters.http.router.v3.Router;
import io.envoyproxy.envoy.extensions.filters.http.set_filter_state.v3.Config;
import io.envoyproxy.envoy.extensions.filters.network.http_connection_manager.v3.HttpFilter;
import io.sallyport.domain.gateway.Listener;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The filters of a listener that reads HTTP, in order: cleaned, unambiguous, where, who, may, and out. */
final class HttpFilters {
    /** The filter that routes give their stamps to. */
    static final String STAMP = "sallyport/stamp";

    /** The filter that answers web pages which ask whether they may ask. */
    static final String CORS = "sallyport/cors";

    /** The filter that holds a request until it is whole, or too large. */
    static final String BODY_LIMIT = "sallyport/body-limit";

    /**
     * The filter that refuses a request that is too large once it is whole and says how long it is: of one that came in one
     * piece with its end, the filter before holds nothing, and measures nothing.
     */
    static final String BODY_SIZE = "sallyport/body-size";

    private HttpFilters() {}

    static List<HttpFilter> of(HttpSkeleton skeleton) {
        List<HttpFilter> filters = new ArrayList<>(deciding(skeleton));
        filters.addAll(skeleton.cuts() ? leadingBehind() : leading(skeleton.listener()));
        return filters;
    }

    /** Of the listener behind, where all is decided already. */
    static List<HttpFilter> behind(HttpSkeleton skeleton) {
        List<HttpFilter> filters = new ArrayList<>();
        filters.add(inline(STAMP, HeaderMutation.getDefaultInstance()));
        filters.addAll(leading(skeleton.listener()));
        return filters;
    }

    private static List<HttpFilter> leadingBehind() {
        return List.of(
                asleep(inline(CutState.FILTER, Config.getDefaultInstance())),
                inline("envoy.filters.http.router", router()));
    }

    private static List<HttpFilter> leading(Listener listener) {
        List<HttpFilter> filters = new ArrayList<>();
        if (listener.protocol() == Listener.Protocol.CONNECT) {
            filters.add(inline("sallyport/tunnel", TunnelState.filter()));
        }
        filters.add(asleep(inline(Passage.FILTER, Config.getDefaultInstance())));
        filters.add(inline("envoy.filters.http.router", router()));
        return filters;
    }

    private static List<HttpFilter> deciding(HttpSkeleton skeleton) {
        Listener listener = skeleton.listener();
        List<HttpFilter> filters = new ArrayList<>();
        filters.add(inline("sallyport/clean", clean()));
        filters.add(inline(HttpGuard.NAME, HttpGuard.of(listener)));
        filters.add(inline(STAMP, HeaderMutation.getDefaultInstance()));
        if (skeleton.takesTokens()) {
            filters.add(discovered(ResourceNames.tokens(listener), JwtAuthentication.getDefaultInstance()));
        }
        filters.add(discovered(ResourceNames.identities(listener), ExtensionWithMatcher.getDefaultInstance()));
        filters.add(discovered(
                ResourceNames.addresses(listener),
                ExtensionWithMatcher.getDefaultInstance(),
                HeaderMutation.getDefaultInstance()));
        filters.add(may(listener, skeleton.ruleBuckets()));
        filters.add(discovered(ResourceNames.authorization(listener), RBAC.getDefaultInstance()));
        filters.addAll(asleep(listener));
        return filters;
    }

    // Nobody pays for them but the requests whose routes wake them.
    private static List<HttpFilter> asleep(Listener listener) {
        HttpFilter limits = discovered(ResourceNames.limits(listener), LocalRateLimit.getDefaultInstance());
        HttpFilter body = inline(
                BODY_LIMIT,
                Buffer.newBuilder().setMaxRequestBytes(UInt32Value.of(1)).build());
        HttpFilter faults = inline(Faults.FILTER, Faults.none());
        HttpFilter services =
                discovered(ResourceNames.externalAuthorization(listener), ExtensionWithMatcher.getDefaultInstance());
        HttpFilter counting = discovered(ResourceNames.counting(listener), ExtensionWithMatcher.getDefaultInstance());
        HttpFilter size = inline(BODY_SIZE, RBAC.getDefaultInstance());
        return Stream.of(services, limits, counting, inline(CORS, Cors.getDefaultInstance()), body, size, faults)
                .map(HttpFilters::asleep)
                .toList();
    }

    private static HttpFilter asleep(HttpFilter filter) {
        return filter.toBuilder().setDisabled(true).build();
    }

    private static HttpFilter may(Listener listener, int ruleBuckets) {
        return ruleBuckets == 1
                ? discovered(ResourceNames.rules(listener, 0), RBAC.getDefaultInstance())
                : inline("sallyport/rules", byBucket(listener, ruleBuckets));
    }

    private static HeaderMutation clean() {
        return HeaderMutation.newBuilder()
                .setMutations(Mutations.newBuilder()
                        .addAllRequestMutations(Headers.PREFIXES_NOT_TAKEN.stream()
                                .map(NewerFields::removeByPrefix)
                                .toList()))
                .build();
    }

    // Sorted as text, for that is how maps are written.
    private static ExtensionWithMatcher byBucket(Listener listener, int ruleBuckets) {
        SortedMap<String, Matcher.OnMatch> buckets = new TreeMap<>();
        for (int bucket = 0; bucket < ruleBuckets; bucket++) {
            buckets.put(Stamp.beginning(bucket), rules(ResourceNames.rules(listener, bucket)));
        }
        return ExtensionWithMatcher.newBuilder()
                .setExtensionConfig(Composites.extension("composite", Composite.getDefaultInstance()))
                .setXdsMatcher(Matcher.newBuilder()
                        .setMatcherTree(MatcherTree.newBuilder()
                                .setInput(Predicates.header(Headers.DESTINATION))
                                .setPrefixMatchMap(
                                        MatcherTree.MatchMap.newBuilder().putAllMap(buckets)))
                        .setOnNoMatch(refusal()))
                .build();
    }

    private static Matcher.OnMatch rules(String name) {
        return Composites.execute(ExecuteFilterAction.newBuilder()
                .setDynamicConfig(DynamicConfig.newBuilder()
                        .setName(name)
                        .setConfigDiscovery(Discovery.ofFilter(HttpAccess.refuseAll(), RBAC.getDefaultInstance())))
                .build());
    }

    // Without a stamp no bucket knows the request, and a composite that matches nothing would let it pass.
    private static Matcher.OnMatch refusal() {
        return Composites.execute(ExecuteFilterAction.newBuilder()
                .setTypedConfig(Composites.extension("refusal", HttpAccess.refuseAll()))
                .build());
    }

    private static Router router() {
        return Router.newBuilder().setSuppressEnvoyHeaders(true).build();
    }

    private static HttpFilter discovered(String name, Message... types) {
        return HttpFilter.newBuilder()
                .setName(name)
                .setConfigDiscovery(Discovery.ofFilter(HttpAccess.refuseAll(), types))
                .build();
    }

    static HttpFilter inline(String name, Message filter) {
        return HttpFilter.newBuilder()
                .setName(name)
                .setTypedConfig(Encoding.any(filter))
                .build();
    }
}
