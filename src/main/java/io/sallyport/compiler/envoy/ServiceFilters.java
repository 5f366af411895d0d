package io.sallyport.compiler.envoy;

import com.github.xds.type.matcher.v3.Matcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherTree;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.config.core.v3.GrpcService;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.extensions.common.matching.v3.ExtensionWithMatcher;
import io.envoyproxy.envoy.extensions.filters.http.composite.v3.Composite;
import io.envoyproxy.envoy.extensions.filters.http.composite.v3.ExecuteFilterAction;
import io.sallyport.domain.snapshot.EffectivePolicy;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * Filters that ask services, chosen by the policy that a route stamps. Whoever is stamped with a policy that asks a
 * service which is nowhere is refused.
 */
final class ServiceFilters {
    private ServiceFilters() {}

    /** {@code filter} gives that of a policy; none where the policy asks no such service. */
    static TypedExtensionConfig table(
            String name, Collection<EffectivePolicy> policies, Function<EffectivePolicy, List<Message>> filter) {
        SortedMap<String, Matcher.OnMatch> byPolicy = new TreeMap<>();
        policies.forEach(policy ->
                filter.apply(policy).forEach(message -> byPolicy.put(policy.id(), execute("service", message))));
        Matcher.Builder matcher = Matcher.newBuilder().setOnNoMatch(execute("refusal", HttpAccess.refuseAll()));
        if (!byPolicy.isEmpty()) {
            matcher.setMatcherTree(MatcherTree.newBuilder()
                    .setInput(Predicates.header(Headers.POLICY))
                    .setExactMatchMap(MatcherTree.MatchMap.newBuilder().putAllMap(byPolicy)));
        }
        return Composites.extension(
                name,
                ExtensionWithMatcher.newBuilder()
                        .setExtensionConfig(Composites.extension("composite", Composite.getDefaultInstance()))
                        .setXdsMatcher(matcher)
                        .build());
    }

    static GrpcService grpc(Services.Asked service, Duration timeout) {
        return GrpcService.newBuilder()
                .setEnvoyGrpc(GrpcService.EnvoyGrpc.newBuilder()
                        .setClusterName(service.cluster())
                        .setAuthority(service.authority()))
                .setTimeout(Durations.of(timeout))
                .build();
    }

    private static Matcher.OnMatch execute(String name, Message filter) {
        return Composites.execute(ExecuteFilterAction.newBuilder()
                .setTypedConfig(Composites.extension(name, filter))
                .build());
    }
}
