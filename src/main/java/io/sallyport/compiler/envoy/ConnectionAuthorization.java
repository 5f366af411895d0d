package io.sallyport.compiler.envoy;

import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.AuthorizationClause;
import java.util.ArrayList;
import java.util.List;

/**
 * What policies allow of what rules allow, written down as soon as a connection comes, after the rules; by whom it was
 * refused is written down too.
 *
 * @param keys where the rules have written their decision
 * @param refusal where the policy that refuses is written down
 */
record ConnectionAuthorization(ConnectionRules.Keys keys, String refusal) {
    /** The rules that only look and that match, all of them. */
    static final String AUDIT = "sallyport.audit";

    private static final String PERMITTED = "sallyport.permitted/";
    private static final String YES = "yes";

    /** {@code here} are conditions for the place that these are about. */
    void write(FilterState state, List<String> here, ClauseGroups clauses) {
        clauses.denials().forEach(clause -> refuse(state, conditions(here, clause), clause.name()));
        // What cannot be evaluated is not permitted: so what is permitted is written down first.
        clauses.permissions().forEach((policy, allowed) -> {
            String permitted = PERMITTED + refusal + "/" + policy;
            allowed.forEach(clause ->
                    state.text(permitted, CelText.where(all(conditions(here, clause)), CelText.text(YES))));
            List<String> unpermitted = new ArrayList<>(here);
            unpermitted.add(keys.isAllowed());
            unpermitted.add("!('" + permitted + "' in filter_state)");
            refuse(state, unpermitted, policy.toString());
        });
    }

    private void refuse(FilterState state, List<String> conditions, String by) {
        state.text(refusal, CelText.where(all(conditions), CelText.text(by)));
        keys.refuse(state, all(conditions));
    }

    private List<String> conditions(List<String> here, AuthorizationClause clause) {
        List<String> conditions = new ArrayList<>(here);
        conditions.add(keys.isAllowed());
        conditions.addAll(about(clause));
        return conditions;
    }

    /**
     * Writes down which of these match; before what refuses, which is looked at all the same. Those that ask for what is not
     * seen match nothing.
     */
    static void writeAudits(FilterState state, List<String> here, List<AuthorizationClause> audits) {
        for (AuthorizationClause audit : audits) {
            if (audit.rule().asksOfRequests()) {
                continue;
            }
            List<String> conditions = new ArrayList<>(here);
            conditions.addAll(about(audit));
            state.added(AUDIT, conditions.isEmpty() ? "true" : all(conditions), audit.name());
        }
    }

    private static List<String> about(AuthorizationClause clause) {
        List<String> conditions = new ArrayList<>();
        List<HostPattern> hosts = clause.rule().to().hosts();
        if (!hosts.isEmpty() && hosts.stream().noneMatch(HostPattern::isEverything)) {
            conditions.add(CelText.any(
                    hosts.stream().map(ConnectionAuthorization::isAskedFor).toList()));
        }
        if (!clause.sources().isEmpty()) {
            conditions.add(ConnectionRules.isFromAny(clause.sources()));
        }
        return conditions;
    }

    private static String isAskedFor(HostPattern host) {
        return host.isSuffix()
                ? ShardTable.name() + ".endsWith('" + host.value().substring(1) + "')"
                : ShardTable.name() + " == " + CelText.text(host);
    }

    private static String all(List<String> conditions) {
        return String.join(" && ", conditions);
    }
}
