package io.sallyport.compiler;

import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.PrincipalPattern;
import io.sallyport.domain.rule.Source;
import io.sallyport.domain.workload.Scopes;

/** A rule speaks only of whom it may, at a gateway that admits it. */
final class RuleSourceChecks {
    private final Checked checked;
    private final Report report;

    RuleSourceChecks(Checked checked, Report report) {
        this.checked = checked;
        this.report = report;
    }

    void run() {
        checked.rules()
                .forEach(rule -> checked.state().gateway(rule.spec().gateway()).ifPresent(gateway -> {
                    admission(rule, gateway);
                    sources(rule);
                }));
    }

    private void admission(Resource<EgressRule> rule, Resource<EgressGateway> gateway) {
        if (!new Admission(checked.state(), gateway).admits(rule.namespace())) {
            report.add(
                    checked.refusedOrCut(rule),
                    rule,
                    "/spec/gatewayRef",
                    "NamespaceNotAdmitted",
                    "gateway %s does not admit rules of namespace %s, so %s has no effect: widen its allowedNamespaces, or name another gateway"
                            .formatted(gateway.name(), rule.namespace(), rule.key()));
        }
        if (rule.spec().tier() != Tier.NAMESPACE && !rule.namespace().equals(gateway.namespace())) {
            report.error(
                    rule,
                    "/spec/tier",
                    "TierNotAllowed",
                    "only rules of the gateway's namespace %s may be of tier Admin or Baseline: use tier Namespace, or move the rule there"
                            .formatted(gateway.namespace()));
        }
    }

    private void sources(Resource<EgressRule> rule) {
        for (int index = 0; index < rule.spec().from().size(); index++) {
            Source source = rule.spec().from().get(index);
            String pointer = "/spec/from/" + index;
            boolean scopesMatter = checked.isTouched(rule) || checked.isNamespaceTouched(rule.namespace());
            if (rule.spec().tier() == Tier.NAMESPACE && scopesMatter) {
                withinScopes(rule, source, pointer);
            }
        }
    }

    private void withinScopes(Resource<EgressRule> rule, Source source, String pointer) {
        Scopes scopes = Scoping.of(checked.state(), rule.namespace());
        for (Name name : source.namespaces()) {
            if (!name.equals(rule.namespace())) {
                cut(rule, pointer + "/namespaces", "ForeignNamespace", "namespace " + name);
            }
        }
        for (Cidr block : source.ipBlocks()) {
            if (block.prefixLength() > 0 && !scopes.include(block)) {
                cut(rule, pointer + "/ipBlocks", "OutsideScopes", "ipBlock " + block);
            }
        }
        for (PrincipalPattern principal : source.principals()) {
            if (!principal.equals(PrincipalPattern.ANY) && !scopes.include(principal)) {
                cut(rule, pointer + "/principals", "OutsideScopes", "principal " + principal);
            }
        }
    }

    private void cut(Resource<EgressRule> rule, String pointer, String reason, String what) {
        report.add(
                checked.refusedOrCut(rule),
                rule,
                pointer,
                reason,
                "%s of %s is outside what namespace %s may speak for: leave it out, or have the scopes of the namespace widened"
                        .formatted(what, rule.key(), rule.namespace()));
    }
}
