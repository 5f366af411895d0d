package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.RouteAction.HashPolicy;
import io.sallyport.domain.destination.LoadBalancer;
import io.sallyport.domain.snapshot.Upstream;
import java.util.Collection;

/** What of a request its upstream's balancer goes by, where that hashes. */
final class Balancing {
    private Balancing() {}

    static void addHashPolicies(RouteAction.Builder action, Collection<Upstream> upstreams) {
        upstreams.stream()
                .map(upstream -> upstream.settings().loadBalancer())
                .filter(balancer -> balancer.policy().isHash())
                .map(Balancing::hashed)
                .distinct()
                .forEach(action::addHashPolicy);
    }

    private static HashPolicy hashed(LoadBalancer balancer) {
        var policy = HashPolicy.newBuilder();
        balancer.hashHeader()
                .forEach(name -> policy.setHeader(HashPolicy.Header.newBuilder().setHeaderName(name)));
        return balancer.hashHeader().isEmpty()
                ? policy.setConnectionProperties(
                                HashPolicy.ConnectionProperties.newBuilder().setSourceIp(true))
                        .build()
                : policy.build();
    }
}
