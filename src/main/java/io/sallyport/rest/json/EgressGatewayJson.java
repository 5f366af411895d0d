package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.EgressGateway.DefaultAction;
import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.Metadata;
import io.sallyport.domain.Name;
import io.sallyport.domain.gateway.AddressPolicy;
import io.sallyport.domain.gateway.AgentPrincipal;
import io.sallyport.domain.gateway.AgentSelector;
import io.sallyport.domain.gateway.AllowedNamespaces;
import io.sallyport.domain.gateway.Conduct;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.rollout.RolloutPolicy;
import io.sallyport.rest.json.Violations.Reason;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Stream;

/** The spec of an egress gateway in JSON. */
final class EgressGatewayJson {
    private static final List<String> OWN_FIELDS = List.of(
            "listeners",
            "agentSelector",
            "allowedNamespaces",
            "defaultAction",
            "addressPolicy",
            "ruleBuckets",
            "rollout");
    private static final SequencedMap<String, DefaultAction> DEFAULT_ACTIONS =
            Choices.of(DefaultAction.values(), Choices::capitalized);

    private EgressGatewayJson() {}

    /** References without a namespace are to the gateway's own. */
    static Optional<EgressGateway> read(Place spec, Name namespace) {
        Fields fields = spec.fields(
                Stream.concat(OWN_FIELDS.stream(), ConductJson.FIELDS.stream()).toArray(String[]::new));
        List<Listener> listeners = fields.requiredList("listeners", item -> ListenerJson.read(item, namespace));
        Optional<AgentSelector> agents = fields.optional("agentSelector", EgressGatewayJson::readAgents);
        Optional<AllowedNamespaces> allowed = fields.optional("allowedNamespaces", EgressGatewayJson::readAllowed);
        Optional<DefaultAction> action = fields.optional("defaultAction", item -> item.oneOf(DEFAULT_ACTIONS));
        Optional<AddressPolicy> addresses = fields.optional("addressPolicy", EgressGatewayJson::readAddresses);
        Optional<Integer> buckets =
                fields.optional("ruleBuckets", item -> item.integer(1, EgressGateway.MOST_RULE_BUCKETS));
        Optional<Conduct> conduct = ConductJson.read(fields, namespace);
        Optional<RolloutPolicy> rollout = fields.optional("rollout", RolloutPolicyJson::read);
        fields.refuseRepeats("listeners", listeners, Listener::name);
        return fields.build(() -> new EgressGateway(
                listeners,
                agents.orElse(new AgentSelector(List.of())),
                allowed.orElse(new AllowedNamespaces.Same()),
                action.orElse(DefaultAction.DENY),
                addresses.orElse(AddressPolicy.DEFAULT),
                buckets.orElse(EgressGateway.DEFAULT_RULE_BUCKETS),
                conduct.orElse(Conduct.DEFAULT),
                rollout.stream().toList()));
    }

    private static Optional<AgentSelector> readAgents(Place place) {
        Fields fields = place.fields("identities");
        List<AgentPrincipal> identities = fields.list("identities", AgentPrincipalJson::read);
        fields.refuseRepeats("identities", identities, Function.identity());
        return fields.build(() -> new AgentSelector(identities));
    }

    private static Optional<AllowedNamespaces> readAllowed(Place place) {
        Fields fields = place.fields("from", "selector");
        Optional<LabelSelector> selector = fields.optional("selector", LabelsJson::readSelector);
        SequencedMap<String, AllowedNamespaces> choices = new LinkedHashMap<>();
        choices.put("Same", new AllowedNamespaces.Same());
        choices.put("All", new AllowedNamespaces.All());
        choices.put(
                "Selector",
                new AllowedNamespaces.Selector(selector.orElse(new LabelSelector(Metadata.noLabels(), List.of()))));
        Optional<AllowedNamespaces> from = fields.required("from", item -> item.oneOf(choices));
        boolean needsSelector = from.stream().anyMatch(AllowedNamespaces.Selector.class::isInstance);
        if (from.isPresent() && needsSelector != fields.isThere("selector")) {
            place.child("selector")
                    .report(
                            needsSelector ? Reason.MISSING_FIELD : Reason.CONTRADICTION,
                            "A selector belongs to from: Selector, and to that alone.");
        }
        return fields.build(from::orElseThrow);
    }

    private static Optional<AddressPolicy> readAddresses(Place place) {
        Fields fields = place.fields("deny", "permit");
        List<Cidr> deny = fields.list("deny", item -> item.parsed(Cidr::parse));
        List<Cidr> permit = fields.list("permit", item -> item.parsed(Cidr::parse));
        return fields.build(() -> new AddressPolicy(deny, permit));
    }

    static ObjectNode write(EgressGateway gateway) {
        ObjectNode spec = Tree.object();
        Tree.list(spec, "listeners", gateway.listeners(), ListenerJson::write);
        Tree.list(
                spec.putObject("agentSelector"),
                "identities",
                gateway.agentSelector().identities(),
                AgentPrincipalJson::write);
        spec.set("allowedNamespaces", writeAllowed(gateway.allowedNamespaces()));
        spec.put("defaultAction", Choices.capitalized(gateway.defaultAction()));
        spec.set("addressPolicy", writeAddresses(gateway.addressPolicy()));
        spec.put("ruleBuckets", gateway.ruleBuckets());
        ConductJson.write(spec, gateway.conduct());
        gateway.rollout().forEach(policy -> spec.set("rollout", RolloutPolicyJson.write(policy)));
        return spec;
    }

    static ObjectNode writeAddresses(AddressPolicy policy) {
        ObjectNode result = Tree.object();
        Tree.texts(result, "deny", policy.deny());
        Tree.texts(result, "permit", policy.permit());
        return result;
    }

    private static ObjectNode writeAllowed(AllowedNamespaces allowed) {
        return switch (allowed) {
            case AllowedNamespaces.Same same -> Tree.object().put("from", "Same");
            case AllowedNamespaces.All all -> Tree.object().put("from", "All");
            case AllowedNamespaces.Selector selected ->
                Tree.object().put("from", "Selector").set("selector", LabelsJson.writeSelector(selected.selector()));
        };
    }
}
