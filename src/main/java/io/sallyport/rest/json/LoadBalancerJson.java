package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.destination.LoadBalancer;
import io.sallyport.domain.destination.LoadBalancer.Policy;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/** How traffic is spread over endpoints, in JSON. */
final class LoadBalancerJson {
    private static final SequencedMap<String, Policy> POLICIES = Choices.of(Policy.values(), Choices::capitalized);

    private LoadBalancerJson() {}

    static Optional<LoadBalancer> read(Place place) {
        Fields fields = place.fields("policy", "hashHeader", "localities");
        Optional<Policy> policy = fields.defaulted("policy", Policy.ROUND_ROBIN, LoadBalancerJson::readPolicy);
        Optional<String> header = fields.optional("hashHeader", HeaderJson::name);
        List<String> localities = fields.list("localities", LabelsJson::readWord);
        fields.refuseRepeats("localities", localities, Function.identity());
        if (policy.isPresent() && !policy.get().isHash()) {
            fields.refused("hashHeader", "A header is hashed by the policies RingHash and Maglev alone.");
        }
        return fields.build(
                () -> new LoadBalancer(policy.orElseThrow(), header.stream().toList(), localities));
    }

    static Optional<Policy> readPolicy(Place place) {
        return place.oneOf(POLICIES);
    }

    static ObjectNode write(LoadBalancer balancer) {
        ObjectNode result = Tree.object().put("policy", Choices.capitalized(balancer.policy()));
        balancer.hashHeader().forEach(header -> result.put("hashHeader", header));
        Tree.texts(result, "localities", balancer.localities());
        return result;
    }
}
