package io.sallyport.compiler;

import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.Workload;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.PrincipalPattern;
import io.sallyport.domain.rule.Source;
import io.sallyport.domain.workload.Scopes;
import java.util.List;
import java.util.stream.Collectors;

/** A rule speaks only of whom it may, and of whom its listeners can recognise. */
final class RuleSourceChecks {
    private final Checked checked;
    private final Report report;
    private final AddressView view;

    RuleSourceChecks(Checked checked, Report report) {
        this.checked = checked;
        this.report = report;
        view = new AddressView(checked.state());
    }

    void run() {
        checked.rules()
                .forEach(rule -> checked.state().gateway(rule.spec().gateway()).ifPresent(gateway -> {
                    admission(rule, gateway);
                    sources(rule, gateway);
                }));
        if (checked.touched().stream().anyMatch(key -> key.kind() == Kind.WORKLOAD)) {
            checked.state().rules().stream()
                    .filter(rule -> !checked.isTouched(rule) && rule.spec().action() == Action.DENY)
                    .forEach(this::deniedWorkloads);
        }
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

    private void sources(Resource<EgressRule> rule, Resource<EgressGateway> gateway) {
        for (int index = 0; index < rule.spec().from().size(); index++) {
            Source source = rule.spec().from().get(index);
            String pointer = "/spec/from/" + index;
            boolean scopesMatter = checked.isTouched(rule) || checked.isNamespaceTouched(rule.namespace());
            if (rule.spec().tier() == Tier.NAMESPACE && scopesMatter) {
                withinScopes(rule, source, pointer);
            }
            if (checked.isTouched(rule)) {
                recognisable(rule, gateway, source, pointer);
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

    private void recognisable(
            Resource<EgressRule> rule, Resource<EgressGateway> gateway, Source source, String pointer) {
        ScopedSource entry = ScopedSource.of(rule, source);
        if (view.canTellApart(entry)) {
            if (view.meant(entry).isEmpty()) {
                report.warning(rule, pointer, "MatchesNobody", "%s means nobody at the moment".formatted(pointer));
            }
            return;
        }
        if (!source.principals().isEmpty()) {
            principals(rule, gateway, pointer);
            return;
        }
        for (Resource<Workload> workload : view.unrecognised(entry)) {
            cannotTellApart(rule, rule, pointer + "/workloadSelector", workload);
        }
    }

    private void principals(Resource<EgressRule> rule, Resource<EgressGateway> gateway, String pointer) {
        String listeners = listeners(rule, gateway);
        switch (rule.spec().action()) {
            case DENY ->
                report.error(
                        rule,
                        pointer + "/principals",
                        "CannotTellApart",
                        "listener %s of gateway %s sees addresses alone and cannot tell principals apart, so %s could not be held: deny by ipBlocks or by workloads that have a cidr"
                                .formatted(listeners, gateway.name(), rule.key()));
            case ALLOW ->
                report.warning(
                        rule,
                        pointer + "/principals",
                        "PrincipalsNotSeen",
                        "listener %s of gateway %s sees addresses alone, so nobody is recognised by a principal there: allow by ipBlocks or by workloads that have a cidr"
                                .formatted(listeners, gateway.name()));
        }
    }

    private void deniedWorkloads(Resource<EgressRule> rule) {
        for (Source source : rule.spec().from()) {
            for (Resource<Workload> workload : view.unrecognised(ScopedSource.of(rule, source))) {
                if (checked.isTouched(workload)) {
                    cannotTellApart(rule, workload, "/spec/identities", workload);
                }
            }
        }
    }

    private void cannotTellApart(
            Resource<EgressRule> rule, Resource<?> subject, String pointer, Resource<Workload> workload) {
        checked.state().gateway(rule.spec().gateway()).ifPresent(gateway -> {
            String message =
                    "%s of %s has no cidr, by which alone listener %s of gateway %s could recognise it for %s: give it one, or select others"
                            .formatted(
                                    workload.key(),
                                    workload.namespace(),
                                    listeners(rule, gateway),
                                    gateway.name(),
                                    rule.key());
            switch (rule.spec().action()) {
                case DENY -> report.error(subject, pointer, "CannotTellApart", message);
                case ALLOW -> report.warning(subject, pointer, "WorkloadNotSeen", message);
            }
        });
    }

    private static String listeners(Resource<EgressRule> rule, Resource<EgressGateway> gateway) {
        List<Name> bound = rule.spec().listeners();
        return bound.isEmpty()
                ? gateway.spec().listeners().stream()
                        .map(listener -> listener.name().value())
                        .collect(Collectors.joining(", "))
                : bound.getFirst().value();
    }
}
