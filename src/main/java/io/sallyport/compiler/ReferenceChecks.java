package io.sallyport.compiler;

import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import java.util.List;

/** No reference dangles: namespaces, gateways, listeners, destinations. */
final class ReferenceChecks {
    private final Checked checked;
    private final Report report;

    ReferenceChecks(Checked checked, Report report) {
        this.checked = checked;
        this.report = report;
    }

    void run() {
        if (isAnyNamespaceGone()) {
            checked.state().all().forEach(this::namespaceExists);
        } else {
            checked.touched().forEach(key -> checked.state().find(key).ifPresent(this::namespaceExists));
        }
        checked.rules().forEach(this::references);
    }

    private boolean isAnyNamespaceGone() {
        return checked.touched().stream()
                .anyMatch(key -> key.kind() == Kind.NAMESPACE
                        && checked.state().find(key).isEmpty());
    }

    private void namespaceExists(Resource<?> resource) {
        if (checked.state().namespace(resource.namespace()).isEmpty()) {
            missing(resource, "/metadata/namespace", ResourceKey.ofNamespace(resource.namespace()));
        }
    }

    private void references(Resource<EgressRule> rule) {
        ResourceName name = rule.spec().gateway();
        checked.state()
                .gateway(name)
                .ifPresentOrElse(
                        gateway -> listener(rule, gateway, "/spec/gatewayRef/listener"),
                        () -> missing(rule, "/spec/gatewayRef", new ResourceKey(Kind.EGRESS_GATEWAY, name)));
        failover(rule);
        for (int index = 0; index < rule.spec().to().size(); index++) {
            for (ResourceName destination : rule.spec().to().get(index).destination()) {
                if (checked.state().destination(destination).isEmpty()) {
                    missing(
                            rule,
                            "/spec/to/%d/destinationRef".formatted(index),
                            new ResourceKey(Kind.DESTINATION, destination));
                }
            }
        }
    }

    private void listener(Resource<EgressRule> rule, Resource<EgressGateway> gateway, String pointer) {
        for (Name listener : rule.spec().listeners()) {
            if (gateway.spec().listeners().stream().noneMatch(one -> one.name().equals(listener))) {
                report.error(
                        rule,
                        pointer,
                        checked.isTouched(rule) ? "RefNotFound" : "ReferencedBy",
                        "%s names listener '%s', which gateway %s does not have: name one of its listeners, or leave it out for all"
                                .formatted(rule.key(), listener, gateway.name()));
            }
        }
    }

    private void failover(Resource<EgressRule> rule) {
        List<ResourceName> gateways = rule.spec().forwarding().failoverGateways();
        for (int index = 0; index < gateways.size(); index++) {
            ResourceName name = gateways.get(index);
            String pointer = "/spec/forwarding/failoverGatewayRefs/" + index;
            checked.state()
                    .gateway(name)
                    .ifPresentOrElse(
                            gateway -> listener(rule, gateway, pointer),
                            () -> missing(rule, pointer, new ResourceKey(Kind.EGRESS_GATEWAY, name)));
        }
    }

    private void missing(Resource<?> referrer, String pointer, ResourceKey wanted) {
        report.dangling(referrer, checked.isTouched(referrer), pointer, wanted);
    }
}
