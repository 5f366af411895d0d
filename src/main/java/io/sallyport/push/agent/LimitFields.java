package io.sallyport.push.agent;

import io.sallyport.domain.security.RateLimit;
import io.sallyport.domain.security.RateLimit.Global;
import io.sallyport.domain.security.RateLimit.Local;
import io.sallyport.domain.security.TrafficPolicy;
import io.sallyport.domain.snapshot.EffectivePolicy;
import io.sallyport.domain.snapshot.EffectivePolicy.Layer;
import io.sallyport.domain.snapshot.PolicyService;
import io.sallyport.push.agent.v1.AgentProtocol.Policy;
import java.util.Collection;
import java.util.List;

/** How much may come, as policies say it. */
final class LimitFields {
    private LimitFields() {}

    static void write(EffectivePolicy policy, Policy.Builder body) {
        policy.layers().forEach(layer -> local(layer, body));
        policy.sections(TrafficPolicy::rateLimit)
                .flatMap(limit -> limit.global().stream())
                .findFirst()
                .ifPresent(global -> body.setGlobalLimit(of(policy, global)));
    }

    private static void local(Layer layer, Policy.Builder body) {
        List<Local> limits = layer.traffic().rateLimit().stream()
                .map(RateLimit::local)
                .flatMap(Collection::stream)
                .toList();
        for (int index = 0; index < limits.size(); index++) {
            Local limit = limits.get(index);
            body.addLocalLimits(Policy.LocalLimit.newBuilder()
                    .setName(layer.policy() + "/" + index)
                    .setRequests(limit.requests())
                    .setPer(Times.of(limit.per()))
                    .setBurst(limit.burst())
                    .addAllKeys(limit.keys().stream().map(LimitFields::key).toList()));
        }
    }

    private static Policy.GlobalLimit of(EffectivePolicy policy, Global limit) {
        Policy.GlobalLimit.Builder body = Policy.GlobalLimit.newBuilder()
                .setDomain(limit.domain())
                .addAllKeys(limit.keys().stream().map(LimitFields::key).toList())
                .setTimeout(Times.of(limit.timeout()))
                .setFailOpen(limit.failOpen());
        for (PolicyService service : policy.service(limit.destination(), limit.port())) {
            body.setUpstream(service.upstream()).setHost(service.host());
        }
        return body.build();
    }

    private static Policy.Key key(RateLimit.Key key) {
        return switch (key) {
            case SOURCE -> Policy.Key.KEY_SOURCE;
            case HOST -> Policy.Key.KEY_HOST;
            case RULE -> Policy.Key.KEY_RULE;
        };
    }
}
