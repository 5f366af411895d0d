package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.destination.LoadBalancer.Policy;
import io.sallyport.domain.rule.Forwarding;
import io.sallyport.domain.rule.Forwarding.Via;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/** How workload agents send on what a rule allows, in JSON. */
final class ForwardingJson {
    private static final SequencedMap<String, Via> WAYS = Choices.of(Via.values(), Choices::capitalized);

    private ForwardingJson() {}

    static Optional<Forwarding> read(Place place, Name own) {
        Fields fields = place.fields("via", "loadBalancer", "failoverGatewayRefs");
        Optional<Via> via = fields.optional("via", item -> item.oneOf(WAYS));
        Optional<Policy> policy = fields.optional("loadBalancer", ForwardingJson::readBalancer);
        List<ResourceName> failover = fields.list("failoverGatewayRefs", item -> ReferenceJson.read(item, own));
        fields.refuseRepeats("failoverGatewayRefs", failover, Function.identity());
        return fields.build(() -> new Forwarding(via.orElse(Via.GATEWAY), policy.orElse(Policy.ROUND_ROBIN), failover));
    }

    private static Optional<Policy> readBalancer(Place place) {
        Fields fields = place.fields("policy");
        Optional<Policy> policy = fields.required("policy", LoadBalancerJson::readPolicy);
        return fields.build(policy::orElseThrow);
    }

    static ObjectNode write(Forwarding forwarding) {
        ObjectNode result = Tree.object().put("via", Choices.capitalized(forwarding.via()));
        result.putObject("loadBalancer").put("policy", Choices.capitalized(forwarding.loadBalancer()));
        Tree.list(result, "failoverGatewayRefs", forwarding.failoverGateways(), ReferenceJson::write);
        return result;
    }
}
