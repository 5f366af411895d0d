package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Name;
import io.sallyport.domain.security.AuthorizationRule;
import io.sallyport.domain.security.AuthorizationRule.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;

/** What more than rules must allow, in JSON. */
final class AuthorizationJson {
    private static final SequencedMap<String, Action> ACTIONS = Choices.of(Action.values(), Choices::capitalized);
    private static final int MOST_RULES = 100;
    private static final int LONGEST_CONDITION = 2000;

    private AuthorizationJson() {}

    static Optional<List<AuthorizationRule>> read(Place place) {
        Fields fields = place.fields("rules");
        List<Unnamed> rules = fields.requiredList("rules", AuthorizationJson::readRule);
        if (rules.size() > MOST_RULES) {
            place.child("rules")
                    .report(
                            Violations.Reason.OUT_OF_RANGE,
                            "At most %d rules, found %d: split the policy.".formatted(MOST_RULES, rules.size()));
        }
        List<AuthorizationRule> named = named(rules);
        fields.refuseRepeats("rules", named, AuthorizationRule::name);
        return fields.build(() -> named);
    }

    // The place in the list is its name where it has no other.
    private static List<AuthorizationRule> named(List<Unnamed> rules) {
        List<AuthorizationRule> named = new ArrayList<>();
        for (Unnamed rule : rules) {
            Name name = rule.name().stream().findFirst().orElse(new Name(Integer.toString(named.size())));
            named.add(new AuthorizationRule(name, rule.action(), rule.from(), rule.to(), rule.when()));
        }
        return named;
    }

    private static Optional<Unnamed> readRule(Place place) {
        Fields fields = place.fields("name", "action", "from", "to", "when");
        Optional<Name> name = fields.optional("name", item -> item.parsed(Name::new));
        Optional<Action> action = fields.required("action", item -> item.oneOf(ACTIONS));
        Optional<AuthorizationRule.Sources> from =
                fields.defaulted("from", AuthorizationRule.Sources.ANY, AuthorizedSourcesJson::read);
        Optional<AuthorizationRule.Requests> to =
                fields.defaulted("to", AuthorizationRule.Requests.ANY, AuthorizedRequestsJson::read);
        Optional<String> when = fields.optional("when", item -> item.text(LONGEST_CONDITION));
        return fields.build(() -> new Unnamed(
                name.stream().toList(),
                action.orElseThrow(),
                from.orElseThrow(),
                to.orElseThrow(),
                when.stream().toList()));
    }

    static ObjectNode write(List<AuthorizationRule> rules) {
        ObjectNode result = Tree.object();
        Tree.list(result, "rules", rules, AuthorizationJson::writeRule);
        return result;
    }

    private static ObjectNode writeRule(AuthorizationRule rule) {
        ObjectNode result =
                Tree.object().put("name", rule.name().value()).put("action", Choices.capitalized(rule.action()));
        if (!rule.from().equals(AuthorizationRule.Sources.ANY)) {
            result.set("from", AuthorizedSourcesJson.write(rule.from()));
        }
        if (!rule.to().equals(AuthorizationRule.Requests.ANY)) {
            result.set("to", AuthorizedRequestsJson.write(rule.to()));
        }
        rule.when().forEach(condition -> result.put("when", condition));
        return result;
    }

    private record Unnamed(
            List<Name> name,
            Action action,
            AuthorizationRule.Sources from,
            AuthorizationRule.Requests to,
            List<String> when) {}
}
