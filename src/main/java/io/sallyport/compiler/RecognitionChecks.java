package io.sallyport.compiler;

import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.Workload;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.rule.Source;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Listeners recognise whom rules speak of. A denial that one of them could not hold is refused; an allowance that none
 * of them sees anybody of is told of.
 */
final class RecognitionChecks {
    private final Checked checked;
    private final Report report;
    private final SourceMeaning meaning;

    RecognitionChecks(Checked checked, Report report) {
        this.checked = checked;
        this.report = report;
        meaning = new SourceMeaning(checked.state());
    }

    void run() {
        checked.rules().stream().filter(checked::isTouched).forEach(this::written);
        if (concernsOthers()) {
            checked.state().rules().stream()
                    .filter(rule -> !checked.isTouched(rule) && rule.spec().action() == Action.DENY)
                    .forEach(this::concerned);
        }
    }

    private boolean concernsOthers() {
        return checked.touched().stream().anyMatch(key -> switch (key.kind()) {
            case WORKLOAD, EGRESS_GATEWAY, SECURITY_POLICY, NAMESPACE -> true;
            case EGRESS_RULE, TRAFFIC_ROUTE, DESTINATION, CREDENTIAL, ROLE_BINDING, GUARDRAIL, APPROVAL_POLICY -> false;
        });
    }

    private void written(Resource<EgressRule> rule) {
        for (int index = 0; index < rule.spec().from().size(); index++) {
            ScopedSource entry = ScopedSource.of(rule, rule.spec().from().get(index));
            String pointer = "/spec/from/" + index;
            if (meaning.identities(entry).isEmpty()) {
                report.warning(rule, pointer, "MatchesNobody", "%s means nobody at the moment".formatted(pointer));
            }
            gateways(rule).forEach(gateway -> parties(entry).forEach(party -> written(rule, gateway, pointer, party)));
        }
    }

    private void written(Resource<EgressRule> rule, Resource<EgressGateway> gateway, String pointer, Party party) {
        List<Listener> blind = blind(rule, gateway, party);
        switch (rule.spec().action()) {
            case DENY -> {
                if (!blind.isEmpty()) {
                    report.error(rule, pointer + party.field(), "CannotTellApart", denied(rule, gateway, blind, party));
                }
            }
            case ALLOW -> {
                if (!blind.isEmpty() && blind.size() == listeners(rule, gateway).count()) {
                    report.warning(rule, pointer + party.field(), party.unseen(), allowed(gateway, blind, party));
                }
            }
        }
    }

    // Of rules that were not written: a workload that is in one is refused, what else came about is told.
    private void concerned(Resource<EgressRule> rule) {
        for (Source source : rule.spec().from()) {
            gateways(rule)
                    .forEach(gateway ->
                            parties(ScopedSource.of(rule, source)).forEach(party -> concerned(rule, gateway, party)));
        }
    }

    private void concerned(Resource<EgressRule> rule, Resource<EgressGateway> gateway, Party party) {
        List<Listener> blind = blind(rule, gateway, party);
        if (blind.isEmpty()) {
            return;
        }
        List<Resource<Workload>> written =
                party.workloads().stream().filter(checked::isTouched).toList();
        if (!written.isEmpty()) {
            written.forEach(workload ->
                    report.error(workload, "/spec/identities", "CannotTellApart", denied(rule, gateway, blind, party)));
        } else if (isViewTouched(gateway) || checked.isNamespaceTouched(rule.namespace())) {
            report.warning(rule, "/spec/from", "CannotTellApart", denied(rule, gateway, blind, party));
        }
    }

    private boolean isViewTouched(Resource<EgressGateway> gateway) {
        return checked.isTouched(gateway)
                || checked.touched().stream()
                        .anyMatch(key -> key.kind() == Kind.SECURITY_POLICY
                                && key.namespace().equals(gateway.namespace()));
    }

    private Stream<Party> parties(ScopedSource entry) {
        Stream<Party> principals = entry.source().principals().stream()
                .map(one -> new Party(
                        "/principals", "PrincipalsNotSeen", "principal " + one, List.of(), view -> view.sees(one)));
        Stream<Party> workloads = meaning.workloads(entry).stream()
                .map(one -> new Party(
                        "/workloadSelector",
                        "WorkloadNotSeen",
                        "%s of %s".formatted(one.key(), one.namespace()),
                        List.of(one),
                        view -> SourceMeaning.recognises(view, one)));
        Stream<Party> namespaces = meaning.namespaces(entry).stream()
                .map(one -> new Party(
                        entry.namesNamespaces() ? "/namespaces" : "/ipBlocks",
                        "NamespaceNotSeen",
                        "namespace " + one,
                        List.of(),
                        view -> meaning.recognises(view, one)));
        return Stream.of(principals, workloads, namespaces).flatMap(all -> all);
    }

    private Stream<Resource<EgressGateway>> gateways(Resource<EgressRule> rule) {
        return Stream.concat(Stream.of(rule.spec().gateway()), rule.spec().forwarding().failoverGateways().stream())
                .distinct()
                .flatMap(name -> checked.state().gateway(name).stream());
    }

    private static Stream<Listener> listeners(Resource<EgressRule> rule, Resource<EgressGateway> gateway) {
        return gateway.spec().listeners().stream()
                .filter(listener -> rule.spec().appliesTo(listener.name()));
    }

    private List<Listener> blind(Resource<EgressRule> rule, Resource<EgressGateway> gateway, Party party) {
        return listeners(rule, gateway)
                .filter(listener -> !party.isSeen().test(view(gateway, listener)))
                .toList();
    }

    private ListenerView view(Resource<EgressGateway> gateway, Listener listener) {
        return ListenerView.of(listener, JwtProviders.of(checked.state(), gateway, listener));
    }

    private String denied(
            Resource<EgressRule> rule, Resource<EgressGateway> gateway, List<Listener> blind, Party party) {
        return "%s of gateway %s cannot tell %s apart, so %s could not be held there: deny what it sees, or bind the rule to a listener that does"
                .formatted(sights(gateway, blind), gateway.name(), party.what(), rule.key());
    }

    private String allowed(Resource<EgressGateway> gateway, List<Listener> blind, Party party) {
        return "%s of gateway %s never recognises %s: allow what it sees, or add a listener that does"
                .formatted(sights(gateway, blind), gateway.name(), party.what());
    }

    private String sights(Resource<EgressGateway> gateway, List<Listener> listeners) {
        return listeners.stream()
                .map(listener -> "listener %s, which sees %s,".formatted(listener.name(), view(gateway, listener)))
                .collect(Collectors.joining(" and "));
    }

    /**
     * Someone of whom an entry speaks as of one.
     *
     * @param field of the entry that names it
     * @param unseen what it is called that no listener sees it
     * @param workloads the workload that it is; at most one
     */
    private record Party(
            String field,
            String unseen,
            String what,
            List<Resource<Workload>> workloads,
            Predicate<ListenerView> isSeen) {}
}
