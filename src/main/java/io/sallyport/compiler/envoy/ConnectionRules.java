package io.sallyport.compiler.envoy;

import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.snapshot.CompiledRule;
import io.sallyport.domain.snapshot.SourceClass;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * Rules that decide as soon as a connection comes, as expressions on its source and time. Envoy's own access control
 * waits for the first data of the client; where the server speaks first, what is refused would have been heard by then.
 */
final class ConnectionRules {
    static final String ALLOWED = "allowed";
    static final String DENIED = "denied";

    private static final String CLASS = "sallyport.class/";
    private static final String MEMBER = "yes";
    private static final int RANGES_AT_ONCE = 500;
    private static final AddressText SOURCE = AddressText.ofSource();

    private final AddressView addresses;

    ConnectionRules(Collection<SourceClass> classes) {
        this.addresses = new AddressView(classes);
    }

    /** Writes down which of these classes the source is of. */
    void writeSources(FilterState state, Stream<String> ids) {
        List<String> classes = ids.distinct().sorted().toList();
        SOURCE.write(state, addresses.of(classes));
        for (String id : classes) {
            List<Cidr> ranges = addresses.of(List.of(id));
            for (int start = 0; start < ranges.size(); start += RANGES_AT_ONCE) {
                List<Cidr> some = ranges.subList(start, Math.min(ranges.size(), start + RANGES_AT_ONCE));
                state.text(CLASS + id, CelText.where(SOURCE.isIn(some), CelText.text(MEMBER)));
            }
        }
    }

    /**
     * Writes down which rule decides, and how, of those connections for which a condition holds. The last that is written
     * holds, so the first rule comes last.
     */
    void writeDecision(FilterState state, Keys keys, List<String> condition, List<CompiledRule> rules) {
        for (CompiledRule rule : rules.reversed()) {
            if (!rule.sources().isEmpty()) {
                List<String> clauses = clauses(condition, rule);
                keys.write(state, clauses, rule.name().toString(), rule.action() == Action.ALLOW);
            }
        }
    }

    /** Writes down which of these match, all of them, the first first, and what the first would do. */
    void writeNames(FilterState state, Keys keys, String condition, List<CompiledRule> shadows) {
        for (CompiledRule rule : shadows) {
            if (!rule.sources().isEmpty()) {
                keys.add(state, String.join(" && ", clauses(List.of(condition), rule)), rule);
            }
        }
    }

    private static List<String> clauses(List<String> condition, CompiledRule rule) {
        List<String> clauses = new ArrayList<>(condition);
        clauses.add(isFromAny(rule.sources()));
        if (TimeExpression.isNeededFor(rule.validity())) {
            clauses.add(TimeExpression.text(rule.validity()));
        }
        return clauses;
    }

    /** Whether the source is of any of these classes, at least one, as an expression. */
    static String isFromAny(List<String> classes) {
        return CelText.any(
                classes.stream().map(id -> CelText.is(CLASS + id, MEMBER)).toList());
    }

    /** Where a decision is written down: the rule and what it does. */
    record Keys(String rule, String action) {
        void write(FilterState state, List<String> clauses, Decision decision) {
            write(state, clauses, decision.name(), decision.allows());
        }

        private void write(FilterState state, List<String> clauses, String name, boolean allows) {
            writeText(state, rule, clauses, name);
            writeText(state, action, clauses, allows ? ALLOWED : DENIED);
        }

        // What is written down already is said again.
        private void add(FilterState state, String condition, CompiledRule matched) {
            String does = CelText.text(matched.action() == Action.ALLOW ? ALLOWED : DENIED);
            state.text(action, CelText.where("!('" + rule + "' in filter_state) && " + condition, does));
            state.added(rule, condition, matched.name());
        }

        private static void writeText(FilterState state, String key, List<String> clauses, String text) {
            state.text(key, clauses.isEmpty() ? text : CelText.where(String.join(" && ", clauses), CelText.text(text)));
        }

        /** What was allowed is refused after all; the rule stays written down. */
        void refuse(FilterState state, String condition) {
            writeText(state, action, List.of(condition), DENIED);
        }

        /** Whether the decision that is written down allows, as an expression. */
        String isAllowed() {
            return CelText.is(action, ALLOWED);
        }
    }
}
