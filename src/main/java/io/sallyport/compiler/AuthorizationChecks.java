package io.sallyport.compiler;

import io.sallyport.compiler.cel.Condition;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.SecurityPolicy;
import io.sallyport.domain.security.AuthorizationRule;
import java.util.List;

/** Whether the rules of authorization say what gateways can be held to. */
final class AuthorizationChecks {
    private final Checked checked;
    private final Report report;

    AuthorizationChecks(Checked checked, Report report) {
        this.checked = checked;
        this.report = report;
    }

    void run() {
        checked.touched(checked.state().securityPolicies(), Kind.SECURITY_POLICY)
                .forEach(this::policy);
    }

    private void policy(Resource<SecurityPolicy> policy) {
        List<AuthorizationRule> rules = policy.spec().traffic().authorization();
        for (int index = 0; index < rules.size(); index++) {
            String pointer = "/spec/authorization/rules/" + index;
            rules.get(index).when().forEach(condition -> condition(policy, pointer + "/when", condition));
            namespaces(
                    policy,
                    pointer + "/from/namespaces",
                    rules.get(index).from().namespaces());
        }
    }

    private void condition(Resource<SecurityPolicy> policy, String pointer, String condition) {
        try {
            Condition ignored = Condition.parse(condition);
        } catch (IllegalArgumentException fault) {
            report.error(
                    policy,
                    pointer,
                    "ConditionNotSound",
                    "the condition cannot be used, %s".formatted(fault.getMessage()));
        }
    }

    private void namespaces(Resource<SecurityPolicy> policy, String pointer, List<Name> namespaces) {
        for (int index = 0; index < namespaces.size(); index++) {
            Name name = namespaces.get(index);
            if (checked.state().namespace(name).isEmpty()) {
                report.warning(
                        policy,
                        pointer + "/" + index,
                        "MatchesNobody",
                        "there is no namespace %s, so nobody is within its scopes: create it, or leave it out"
                                .formatted(name));
            }
        }
    }
}
