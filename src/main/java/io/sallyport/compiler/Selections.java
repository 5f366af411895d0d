package io.sallyport.compiler;

import static io.sallyport.compiler.Elements.each;

import io.sallyport.domain.ApprovalPolicy;
import io.sallyport.domain.Destination;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.Guardrail;
import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.Name;
import io.sallyport.domain.Namespace;
import io.sallyport.domain.Resource;
import io.sallyport.domain.Workload;
import io.sallyport.domain.gateway.AllowedNamespaces;
import io.sallyport.domain.guardrail.FlowPattern;
import io.sallyport.domain.rule.Source;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Stream;

/** The selectors of a resource that find another by its labels, whatever else they ask of it. Pure. */
final class Selections {
    private Selections() {}

    /** JSON Pointers (RFC 6901) of the selectors in {@code by} that select the other. */
    static Stream<String> of(Resource<?> selected, Resource<?> by) {
        return switch (selected.spec()) {
            case Workload workload -> ofWorkloads(selected.namespace(), workload, by);
            case Destination destination -> ofDestinations(selected, destination, by);
            case Namespace ignored -> ofNamespaces(selected.metadata().labels(), by);
            default -> Stream.of();
        };
    }

    private static Stream<String> ofWorkloads(Name namespace, Workload workload, Resource<?> by) {
        return switch (by.spec()) {
            case EgressRule rule ->
                each(
                        "/spec/from",
                        rule.from(),
                        (place, source) -> ofSource(
                                place, new ScopedSource(speaker(by.namespace(), rule), source), namespace, workload));
            case Guardrail guardrail ->
                flows(
                        guardrail,
                        (place, flows) -> each(
                                place + "/from",
                                flows.from(),
                                (entry, source) ->
                                        ofSource(entry, new ScopedSource(List.of(), source), namespace, workload)));
            default -> Stream.of();
        };
    }

    private static List<Name> speaker(Name own, EgressRule rule) {
        return rule.tier() == Tier.NAMESPACE ? List.of(own) : List.of();
    }

    private static Stream<String> ofSource(String place, ScopedSource entry, Name namespace, Workload workload) {
        return means(entry, namespace) && selects(entry.source(), workload)
                ? Stream.of(place + "/workloadSelector")
                : Stream.of();
    }

    private static boolean means(ScopedSource entry, Name namespace) {
        List<Name> namespaces = entry.namesNamespaces() ? entry.namespaces() : entry.speaker();
        return namespaces.contains(namespace) || (namespaces.isEmpty() && !entry.namesNamespaces());
    }

    private static boolean selects(Source source, Workload workload) {
        return source.workloads().stream().anyMatch(selector -> selector.matches(workload.labels()));
    }

    private static Stream<String> ofDestinations(Resource<?> selected, Destination destination, Resource<?> by) {
        Map<String, String> labels = selected.metadata().labels();
        return switch (by.spec()) {
            case EgressRule rule
            when destination.isVisibleTo(selected.namespace(), by.namespace()) ->
                each("/spec/to", rule.to(), (place, target) -> ofTarget(place, target.selector(), labels));
            case Guardrail guardrail ->
                flows(
                        guardrail,
                        (place, flows) -> each(
                                place + "/to",
                                flows.to(),
                                (entry, target) -> ofTarget(entry, target.selector(), labels)));
            default -> Stream.of();
        };
    }

    private static Stream<String> ofTarget(String place, List<LabelSelector> selector, Map<String, String> labels) {
        return selector.stream().filter(one -> one.matches(labels)).map(one -> place + "/destinationSelector");
    }

    private static Stream<String> flows(Guardrail guardrail, BiFunction<String, FlowPattern, Stream<String>> found) {
        return Stream.concat(
                found.apply("/spec/flows", guardrail.flows()), each("/spec/except", guardrail.except(), found));
    }

    private static Stream<String> ofNamespaces(Map<String, String> labels, Resource<?> by) {
        return switch (by.spec()) {
            case EgressGateway gateway
            when gateway.allowedNamespaces() instanceof AllowedNamespaces.Selector(LabelSelector selector)
                    && selector.matches(labels) -> Stream.of("/spec/allowedNamespaces/selector");
            case ApprovalPolicy policy ->
                policy.selector().stream().filter(one -> one.matches(labels)).map(one -> "/spec/namespaceSelector");
            default -> Stream.of();
        };
    }
}
