package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.EgressRule.Enforcement;
import io.sallyport.domain.EgressRule.Justification;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.rule.Forwarding;
import io.sallyport.domain.rule.Source;
import io.sallyport.domain.rule.Target;
import io.sallyport.domain.rule.Validity;
import io.sallyport.rest.json.Violations.Reason;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** The spec of an egress rule in JSON. */
final class EgressRuleJson {
    private static final SequencedMap<String, Tier> TIERS = Choices.of(Tier.values(), Choices::capitalized);
    private static final SequencedMap<String, Action> ACTIONS = Choices.of(Action.values(), Choices::capitalized);
    private static final SequencedMap<String, Enforcement> ENFORCEMENTS =
            Choices.of(Enforcement.values(), Choices::capitalized);
    private static final int LONGEST_TICKET = 253;
    private static final int LONGEST_REASON = 4096;

    private EgressRuleJson() {}

    /** References without a namespace are to the rule's own. */
    static Optional<EgressRule> read(Place spec, Name namespace) {
        Fields fields = spec.fields(
                "gatewayRef",
                "tier",
                "priority",
                "action",
                "enforcement",
                "from",
                "to",
                "forwarding",
                "validity",
                "justification");
        Optional<Gateway> gateway = fields.required("gatewayRef", item -> readGateway(item, namespace));
        Optional<Tier> tier = fields.optional("tier", item -> item.oneOf(TIERS));
        Optional<Integer> priority = fields.optional("priority", item -> item.integer(0, EgressRule.LAST_PRIORITY));
        Optional<Action> action = fields.required("action", item -> item.oneOf(ACTIONS));
        Optional<Enforcement> enforcement = fields.optional("enforcement", item -> item.oneOf(ENFORCEMENTS));
        List<Source> from = fields.requiredList("from", SourceJson::read);
        List<Target> to = fields.requiredList("to", item -> TargetJson.read(item, namespace));
        Optional<Forwarding> forwarding = fields.optional("forwarding", item -> ForwardingJson.read(item, namespace));
        Optional<Validity> validity = fields.optional("validity", ValidityJson::read);
        Optional<Justification> justification = fields.optional("justification", EgressRuleJson::readJustification);
        gateway.ifPresent(main -> forwarding.ifPresent(ways -> refuseItself(fields, main.name(), ways)));
        return fields.build(() -> new EgressRule(
                gateway.orElseThrow().name(),
                gateway.orElseThrow().listeners(),
                tier.orElse(Tier.NAMESPACE),
                priority.orElse(EgressRule.DEFAULT_PRIORITY),
                action.orElseThrow(),
                enforcement.orElse(Enforcement.ENFORCE),
                from,
                to,
                forwarding.orElse(Forwarding.DEFAULT),
                validity.orElse(Validity.ALWAYS),
                justification.orElse(Justification.NONE)));
    }

    private static void refuseItself(Fields fields, ResourceName gateway, Forwarding forwarding) {
        int index = forwarding.failoverGateways().indexOf(gateway);
        if (index >= 0) {
            fields.place()
                    .child("forwarding")
                    .child("failoverGatewayRefs")
                    .child(Integer.toString(index))
                    .report(Reason.CONTRADICTION, "%s is the rule's own gateway; name another.".formatted(gateway));
        }
    }

    private record Gateway(ResourceName name, List<Name> listeners) {}

    private static Optional<Gateway> readGateway(Place place, Name own) {
        Fields fields = place.fields("namespace", "name", "listener");
        Optional<ResourceName> name = ReferenceJson.read(fields, own);
        Optional<Name> listener = fields.optional("listener", item -> item.parsed(Name::new));
        return fields.build(
                () -> new Gateway(name.orElseThrow(), listener.stream().toList()));
    }

    private static Optional<Justification> readJustification(Place place) {
        Fields fields = place.fields("ticket", "reason");
        Optional<String> ticket = fields.optional("ticket", item -> item.text(LONGEST_TICKET));
        Optional<String> reason = fields.optional("reason", item -> item.text(LONGEST_REASON));
        return fields.build(() -> new Justification(ticket.orElse(""), reason.orElse("")));
    }

    static ObjectNode write(EgressRule rule) {
        ObjectNode spec = Tree.object();
        ObjectNode gateway = ReferenceJson.write(rule.gateway());
        rule.listeners().forEach(listener -> gateway.put("listener", listener.value()));
        spec.set("gatewayRef", gateway);
        spec.put("tier", Choices.capitalized(rule.tier()));
        spec.put("priority", rule.priority());
        spec.put("action", Choices.capitalized(rule.action()));
        spec.put("enforcement", Choices.capitalized(rule.enforcement()));
        Tree.list(spec, "from", rule.from(), SourceJson::write);
        Tree.list(spec, "to", rule.to(), TargetJson::write);
        if (!rule.forwarding().equals(Forwarding.DEFAULT)) {
            spec.set("forwarding", ForwardingJson.write(rule.forwarding()));
        }
        ValidityJson.write(spec, "validity", rule.validity());
        if (!rule.justification().equals(Justification.NONE)) {
            spec.putObject("justification")
                    .put("ticket", rule.justification().ticket())
                    .put("reason", rule.justification().reason());
        }
        return spec;
    }
}
