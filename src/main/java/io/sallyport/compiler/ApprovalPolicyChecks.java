package io.sallyport.compiler;

import io.sallyport.domain.ApprovalPolicy;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import java.util.List;

/** The namespaces that an approval policy names are there. */
final class ApprovalPolicyChecks {
    private final Checked checked;
    private final Report report;

    ApprovalPolicyChecks(Checked checked, Report report) {
        this.checked = checked;
        this.report = report;
    }

    void run() {
        boolean mayBeGone = checked.touched().stream().anyMatch(key -> key.kind() == Kind.NAMESPACE);
        for (Resource<ApprovalPolicy> policy : checked.state().approvalPolicies()) {
            if (mayBeGone || checked.isTouched(policy)) {
                namespaces(policy);
            }
        }
    }

    private void namespaces(Resource<ApprovalPolicy> policy) {
        List<Name> names = policy.spec().namespaces();
        for (int index = 0; index < names.size(); index++) {
            ResourceKey wanted = ResourceKey.ofNamespace(names.get(index));
            if (checked.state().find(wanted).isEmpty()) {
                report.dangling(policy, checked.isTouched(policy), "/spec/namespaces/" + index, wanted);
            }
        }
    }
}
