package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.ApprovalPolicy;
import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.Name;
import io.sallyport.domain.approval.Approvers;
import io.sallyport.domain.approval.Emergency;
import io.sallyport.domain.approval.Trigger;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.usecase.WriteTerms;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The spec of an approval policy in JSON. */
final class ApprovalPolicyJson {
    private static final int MOST_NAMESPACES = 100;
    private static final int MOST_HOSTS = 100;
    private static final Duration USUAL_VALIDITY = Duration.ofDays(3);

    private ApprovalPolicyJson() {}

    static Optional<ApprovalPolicy> read(Place spec) {
        Fields fields =
                spec.fields("namespaces", "namespaceSelector", "exceptHosts", "risks", "approvals", "emergency");
        List<Name> namespaces = fields.list("namespaces", item -> item.parsed(Name::new));
        fields.refuseEmpty("namespaces");
        fields.refuseMoreThan(MOST_NAMESPACES, "namespaces");
        fields.refuseRepeats("namespaces", namespaces, Function.identity());
        Optional<LabelSelector> selector = fields.optional("namespaceSelector", LabelsJson::readSelector);
        if (fields.isThere("namespaces")) {
            fields.refused("namespaceSelector", "Name the namespaces, or select them by their labels: not both.");
        }
        List<HostPattern> hosts = fields.list("exceptHosts", item -> item.parsed(HostPattern::parse));
        fields.refuseMoreThan(MOST_HOSTS, "exceptHosts");
        fields.refuseRepeats("exceptHosts", hosts, Function.identity());
        List<Trigger> risks = fields.requiredList("risks", TriggerJson::read);
        fields.refuseRepeats("risks", risks, Trigger::type);
        Optional<Required> required = fields.required("approvals", ApprovalPolicyJson::readRequired);
        Optional<Emergency> emergency = fields.optional("emergency", ApprovalPolicyJson::readEmergency);
        return fields.build(() -> new ApprovalPolicy(
                namespaces,
                selector.stream().toList(),
                hosts,
                risks,
                required.orElseThrow().count(),
                required.orElseThrow().by(),
                required.orElseThrow().validFor(),
                emergency.stream().toList()));
    }

    private static Optional<Required> readRequired(Place place) {
        Fields fields = place.fields("count", "by", "validFor");
        Optional<Integer> count = fields.defaulted("count", 1, item -> item.integer(1, ApprovalPolicy.MOST_APPROVALS));
        Optional<Approvers> by = fields.required("by", ApproversJson::read);
        Optional<Duration> validFor = fields.defaulted(
                "validFor",
                USUAL_VALIDITY,
                DurationJson.between(ApprovalPolicy.SHORTEST_VALIDITY, ApprovalPolicy.LONGEST_VALIDITY));
        return fields.build(() -> new Required(count.orElseThrow(), by.orElseThrow(), validFor.orElseThrow()));
    }

    private static Optional<Emergency> readEmergency(Place place) {
        Fields fields = place.fields("by", "longest");
        Optional<Approvers> by = fields.required("by", ApproversJson::read);
        Optional<Duration> longest =
                fields.required("longest", DurationJson.between(WriteTerms.SHORTEST, WriteTerms.LONGEST));
        return fields.build(() -> new Emergency(by.orElseThrow(), longest.orElseThrow()));
    }

    private record Required(int count, Approvers by, Duration validFor) {}

    static ObjectNode write(ApprovalPolicy policy) {
        ObjectNode spec = Tree.object();
        Tree.texts(
                spec,
                "namespaces",
                policy.namespaces().stream().map(Name::value).toList());
        policy.selector().forEach(selector -> spec.set("namespaceSelector", LabelsJson.writeSelector(selector)));
        Tree.texts(
                spec,
                "exceptHosts",
                policy.exceptHosts().stream().map(HostPattern::value).toList());
        Tree.list(spec, "risks", policy.risks(), TriggerJson::write);
        ObjectNode approvals = spec.putObject("approvals").put("count", policy.required());
        approvals.set("by", ApproversJson.write(policy.by()));
        approvals.put("validFor", DurationJson.text(policy.validFor()));
        policy.emergency().forEach(emergency -> spec.set("emergency", write(emergency)));
        return spec;
    }

    private static ObjectNode write(Emergency emergency) {
        ObjectNode result = Tree.object();
        result.set("by", ApproversJson.write(emergency.by()));
        return result.put("longest", DurationJson.text(emergency.longest()));
    }
}
