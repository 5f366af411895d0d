package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.destination.LoadBalancer;
import io.sallyport.domain.destination.LoadBalancer.Policy;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** How traffic is spread over endpoints, in JSON. */
final class LoadBalancerJson {
    private static final SequencedMap<String, Policy> POLICIES = Choices.of(Policy.values(), Choices::capitalized);
    // RFC 9110, section 5.1.
    private static final Pattern HEADER = Pattern.compile("[a-z0-9!#$%&'*+.^_`|~-]{1,256}");

    private LoadBalancerJson() {}

    static Optional<LoadBalancer> read(Place place) {
        Fields fields = place.fields("policy", "hashHeader", "localities");
        Optional<Policy> policy = fields.defaulted("policy", Policy.ROUND_ROBIN, LoadBalancerJson::readPolicy);
        Optional<String> header = fields.optional("hashHeader", item -> item.parsed(LoadBalancerJson::header));
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

    private static String header(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (!HEADER.matcher(lower).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not the name of a header: use letters, digits and hyphens, x-user for example"
                            .formatted(Suggestion.shortened(text)));
        }
        return lower;
    }

    static ObjectNode write(LoadBalancer balancer) {
        ObjectNode result = Tree.object().put("policy", Choices.capitalized(balancer.policy()));
        balancer.hashHeader().forEach(header -> result.put("hashHeader", header));
        Tree.texts(result, "localities", balancer.localities());
        return result;
    }
}
