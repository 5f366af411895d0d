package io.sallyport.testkit;

import io.sallyport.domain.ApprovalPolicy;
import io.sallyport.domain.Name;
import io.sallyport.domain.access.Subject;
import io.sallyport.domain.approval.Approvers;
import io.sallyport.domain.approval.Emergency;
import io.sallyport.domain.approval.RiskType;
import io.sallyport.domain.approval.Trigger;
import io.sallyport.domain.network.HostPattern;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Builds approval policies: of everybody, one approval of a group, for three days. */
public final class ApprovalPolicyBuilder extends ResourceBuilder<ApprovalPolicy> {
    private final List<Trigger> risks = new ArrayList<>();
    private List<Name> namespaces = List.of();
    private List<HostPattern> exceptHosts = List.of();
    private List<Emergency> emergency = List.of();
    private int required = 1;
    private Approvers by = group("board");
    private Duration validFor = Duration.ofDays(3);

    private ApprovalPolicyBuilder(String name) {
        super(name);
    }

    public static ApprovalPolicyBuilder anApprovalPolicy(String name) {
        return new ApprovalPolicyBuilder(name);
    }

    public ApprovalPolicyBuilder on(RiskType type) {
        risks.add(Trigger.of(type));
        return this;
    }

    public ApprovalPolicyBuilder onNewFor(Trigger.NewFor whom) {
        risks.add(new Trigger(RiskType.NEW_DESTINATION, whom, 0));
        return this;
    }

    public ApprovalPolicyBuilder onMoreThan(int workloads) {
        risks.add(new Trigger(RiskType.WORKLOADS_AFFECTED, Trigger.NewFor.ANYONE, workloads));
        return this;
    }

    public ApprovalPolicyBuilder of(String... names) {
        namespaces = Stream.of(names).map(Name::new).toList();
        return this;
    }

    public ApprovalPolicyBuilder except(String... hosts) {
        exceptHosts = Stream.of(hosts).map(HostPattern::parse).toList();
        return this;
    }

    public ApprovalPolicyBuilder asking(int approvals, String group) {
        required = approvals;
        by = group(group);
        return this;
    }

    public ApprovalPolicyBuilder skippedBy(String group, Duration longest) {
        emergency = List.of(new Emergency(group(group), longest));
        return this;
    }

    private static Approvers group(String name) {
        return new Approvers(List.of(), List.of(new Subject.Group(name)));
    }

    @Override
    protected ApprovalPolicy spec() {
        return new ApprovalPolicy(namespaces, List.of(), exceptHosts, risks, required, by, validFor, emergency);
    }
}
