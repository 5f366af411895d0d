package io.sallyport.compiler;

import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.SecurityPolicy;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.security.PolicyTarget;
import java.util.List;

/** What TCP listeners lead to is there, and what security policies are attached to. */
final class AttachmentChecks {
    private final Checked checked;
    private final Report report;

    AttachmentChecks(Checked checked, Report report) {
        this.checked = checked;
        this.report = report;
    }

    void run() {
        boolean anyTouched = checked.touched().stream().anyMatch(key -> switch (key.kind()) {
            case DESTINATION, EGRESS_GATEWAY, SECURITY_POLICY -> true;
            case NAMESPACE,
                    CREDENTIAL,
                    WORKLOAD,
                    EGRESS_RULE,
                    TRAFFIC_ROUTE,
                    ROLE_BINDING,
                    GUARDRAIL,
                    APPROVAL_POLICY -> false;
        });
        if (anyTouched) {
            checked.state().gateways().forEach(this::gateway);
            checked.state().securityPolicies().forEach(this::policy);
        }
    }

    private void gateway(Resource<EgressGateway> gateway) {
        List<Listener> listeners = gateway.spec().listeners();
        for (int index = 0; index < listeners.size(); index++) {
            for (ResourceName name : listeners.get(index).destination()) {
                exists(
                        gateway,
                        "/spec/listeners/%d/destinationRef".formatted(index),
                        new ResourceKey(Kind.DESTINATION, name));
            }
        }
    }

    private void policy(Resource<SecurityPolicy> policy) {
        List<PolicyTarget> targets = policy.spec().targets();
        for (int index = 0; index < targets.size(); index++) {
            target(policy, targets.get(index), "/spec/targetRefs/" + index);
        }
    }

    private void target(Resource<SecurityPolicy> policy, PolicyTarget target, String pointer) {
        ResourceName name = new ResourceName(policy.namespace(), target.name());
        switch (target.kind()) {
            case DESTINATION -> exists(policy, pointer, new ResourceKey(Kind.DESTINATION, name));
            case EGRESS_GATEWAY -> {
                exists(policy, pointer, new ResourceKey(Kind.EGRESS_GATEWAY, name));
                checked.state().gateway(name).ifPresent(gateway -> listener(policy, target, gateway, pointer));
            }
        }
    }

    private void exists(Resource<?> referrer, String pointer, ResourceKey wanted) {
        boolean concerned = checked.isTouched(referrer) || checked.touched().contains(wanted);
        if (concerned && checked.state().find(wanted).isEmpty()) {
            report.dangling(referrer, checked.isTouched(referrer), pointer, wanted);
        }
    }

    private void listener(
            Resource<SecurityPolicy> policy, PolicyTarget target, Resource<EgressGateway> gateway, String pointer) {
        if (!checked.isTouched(policy) && !checked.isTouched(gateway)) {
            return;
        }
        for (Name section : target.sectionName()) {
            if (gateway.spec().listeners().stream().noneMatch(one -> one.name().equals(section))) {
                report.error(
                        policy,
                        pointer + "/sectionName",
                        checked.isTouched(policy) ? "RefNotFound" : "ReferencedBy",
                        "%s names listener '%s', which gateway %s does not have: name one of its listeners, or leave it out for all"
                                .formatted(policy.key(), section, gateway.name()));
            }
        }
    }
}
