package io.sallyport.domain;

import io.sallyport.domain.approval.Approvers;
import io.sallyport.domain.approval.Emergency;
import io.sallyport.domain.approval.Trigger;
import io.sallyport.domain.network.HostPattern;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;

/**
 * Says which changes need the word of somebody else than their author, and whose. Several add up.
 *
 * @param namespaces whose risks it governs; with {@code selector} empty too, everybody's
 * @param selector namespaces by their labels, instead; at most one
 * @param exceptHosts hosts that are one's own: flows to them are no risk
 * @param risks at least one; no type twice
 * @param required how many must approve, 1 to 10
 * @param by who may
 * @param validFor how long an approval counts: a minute to fourteen days
 * @param emergency the way past it; at most one
 */
public record ApprovalPolicy(
        List<Name> namespaces,
        List<LabelSelector> selector,
        List<HostPattern> exceptHosts,
        List<Trigger> risks,
        int required,
        Approvers by,
        Duration validFor,
        List<Emergency> emergency)
        implements Spec {
    public static final int MOST_APPROVALS = 10;
    public static final Duration SHORTEST_VALIDITY = Duration.ofMinutes(1);
    public static final Duration LONGEST_VALIDITY = Duration.ofDays(14);

    public ApprovalPolicy {
        namespaces = List.copyOf(namespaces);
        selector = List.copyOf(selector);
        exceptHosts = List.copyOf(exceptHosts);
        risks = List.copyOf(risks);
        emergency = List.copyOf(emergency);
        if (!namespaces.isEmpty() && !selector.isEmpty()) {
            throw new IllegalArgumentException("namespaces are named or selected, not both");
        }
        if (risks.isEmpty() || required < 1 || required > MOST_APPROVALS) {
            throw new IllegalArgumentException("a policy names at least one risk, and 1 to 10 approvals");
        }
    }

    /** Whether it governs what is of every namespace, those to come included. */
    public boolean governsAll() {
        return namespaces.isEmpty() && selector.isEmpty();
    }

    /** Whether it governs what is of a namespace with these labels. */
    public boolean governs(Name namespace, SortedMap<String, String> labels) {
        return governsAll()
                || namespaces.contains(namespace)
                || selector.stream().anyMatch(one -> one.matches(labels));
    }

    /** Whether flows to that host are no risk. */
    public boolean excepts(HostPattern host) {
        return exceptHosts.stream().anyMatch(own -> own.covers(host));
    }

    /** Whether nothing that the other policy asks for would be asked for less. In doubt it would. */
    public boolean asksAsMuchAs(ApprovalPolicy other) {
        return governsAsMuchAs(other)
                && exceptHosts.stream().allMatch(other::excepts)
                && other.risks.stream().allMatch(risk -> risks.stream().anyMatch(own -> own.includes(risk)))
                && required >= other.required
                && other.by.include(by)
                && validFor.compareTo(other.validFor) <= 0
                && emergency.stream()
                        .allMatch(own -> other.emergency.stream().anyMatch(their -> their.allowsAsMuchAs(own)));
    }

    private boolean governsAsMuchAs(ApprovalPolicy other) {
        return governsAll()
                || (!other.governsAll()
                        && namespaces.containsAll(other.namespaces)
                        && (other.selector.isEmpty() || selector.equals(other.selector)));
    }
}
