package io.sallyport.compiler;

import io.sallyport.domain.Destination;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.TrafficRoute;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.route.BackendTarget;
import io.sallyport.domain.route.RouteFilter;
import io.sallyport.domain.route.RouteParent;
import io.sallyport.domain.route.RouteRule;
import java.util.List;

/** What routes are attached to is there, and so is what they lead to, where their namespace may use it. */
final class RouteReferenceChecks {
    private final Checked checked;
    private final Report report;

    RouteReferenceChecks(Checked checked, Report report) {
        this.checked = checked;
        this.report = report;
    }

    void run() {
        boolean anyTouched = checked.touched().stream().anyMatch(key -> switch (key.kind()) {
            case DESTINATION, EGRESS_GATEWAY, TRAFFIC_ROUTE -> true;
            case NAMESPACE,
                    CREDENTIAL,
                    WORKLOAD,
                    EGRESS_RULE,
                    SECURITY_POLICY,
                    ROLE_BINDING,
                    GUARDRAIL,
                    APPROVAL_POLICY -> false;
        });
        if (anyTouched) {
            checked.state().routes().forEach(this::route);
        }
    }

    private void route(Resource<TrafficRoute> route) {
        List<RouteParent> parents = route.spec().parents();
        for (int index = 0; index < parents.size(); index++) {
            parent(route, parents.get(index), "/spec/parentRefs/" + index);
        }
        for (int index = 0; index < route.spec().rules().size(); index++) {
            rule(route, route.spec().rules().get(index), "/spec/rules/" + index);
        }
    }

    private void parent(Resource<TrafficRoute> route, RouteParent parent, String pointer) {
        ResourceName name = new ResourceName(route.namespace(), parent.name());
        switch (parent.kind()) {
            case DESTINATION -> {
                exists(route, pointer, new ResourceKey(Kind.DESTINATION, name));
                checked.state()
                        .destination(name)
                        .ifPresent(found -> port(route, found, parent.port(), pointer + "/port"));
            }
            case EGRESS_GATEWAY -> {
                exists(route, pointer, new ResourceKey(Kind.EGRESS_GATEWAY, name));
                checked.state().gateway(name).ifPresent(gateway -> listener(route, parent, gateway, pointer));
            }
        }
    }

    private void listener(
            Resource<TrafficRoute> route, RouteParent parent, Resource<EgressGateway> gateway, String pointer) {
        parent.sectionName().stream()
                .filter(section -> checked.isTouched(route) || checked.isTouched(gateway))
                .filter(section -> gateway.spec().listeners().stream()
                        .noneMatch(one -> one.name().equals(section)))
                .forEach(section -> report.error(
                        route,
                        pointer + "/sectionName",
                        checked.isTouched(route) ? "RefNotFound" : "ReferencedBy",
                        "%s names listener '%s', which gateway %s does not have: name one of its listeners, or leave it out for all"
                                .formatted(route.key(), section, gateway.name())));
    }

    private void rule(Resource<TrafficRoute> route, RouteRule rule, String pointer) {
        for (int index = 0; index < rule.backends().size(); index++) {
            target(route, rule.backends().get(index).target(), "%s/backends/%d".formatted(pointer, index));
        }
        for (int index = 0; index < rule.filters().size(); index++) {
            if (rule.filters().get(index) instanceof RouteFilter.Mirror(BackendTarget target, var percent)) {
                String place = "%s/filters/%d/requestMirror".formatted(pointer, index);
                target(route, target, place);
                copied(route, target, place + "/destinationRef");
            }
        }
    }

    private void target(Resource<TrafficRoute> route, BackendTarget target, String pointer) {
        exists(route, pointer + "/destinationRef", new ResourceKey(Kind.DESTINATION, target.destination()));
        checked.state().destination(target.destination()).ifPresent(destination -> {
            port(route, destination, target.port(), pointer + "/port");
            subset(route, destination, target, pointer + "/subset");
            visible(route, destination, pointer + "/destinationRef");
        });
    }

    // A copy asks for nothing, so where it goes is known beforehand or not at all.
    private void copied(Resource<TrafficRoute> route, BackendTarget target, String pointer) {
        checked.state()
                .destination(target.destination())
                .filter(RouteReferenceChecks::isFoundByAskingAlone)
                .ifPresent(destination -> {
                    String message =
                            "%s sends copies to destination %s, which is found by what each request asks for, and a copy asks for nothing: use resolution Static or DNS there, or Dynamic with an exact host"
                                    .formatted(route.key(), destination.name());
                    if (checked.isTouched(route)) {
                        report.error(route, pointer, "MirrorUnsendable", message);
                    } else if (checked.isTouched(destination)) {
                        report.error(destination, "/spec/resolution", "MirrorUnsendable", message);
                    }
                });
    }

    private static boolean isFoundByAskingAlone(Resource<Destination> destination) {
        return switch (destination.spec().resolution()) {
            case STATIC, DNS -> false;
            case DYNAMIC -> destination.spec().hosts().stream().allMatch(HostPattern::isWildcard);
            case ORIGINAL -> true;
        };
    }

    private void visible(Resource<TrafficRoute> route, Resource<Destination> destination, String pointer) {
        if (!destination.spec().isVisibleTo(destination.namespace(), route.namespace())) {
            cut(
                    route,
                    destination,
                    pointer,
                    "NotVisible",
                    "destination %s is not visible to namespace %s, so %s cannot lead there: have the namespace added to its visibility"
                            .formatted(destination.name(), route.namespace(), route.key()));
        }
    }

    private void port(
            Resource<TrafficRoute> route, Resource<Destination> destination, List<PortNumber> ports, String pointer) {
        for (PortNumber number : ports) {
            if (destination.spec().ports().stream()
                    .noneMatch(port -> port.number().equals(number))) {
                cut(
                        route,
                        destination,
                        pointer,
                        "PortNotFound",
                        "destination %s has no port %s: name one of its ports, or leave it out"
                                .formatted(destination.name(), number));
            }
        }
    }

    private void subset(
            Resource<TrafficRoute> route, Resource<Destination> destination, BackendTarget target, String pointer) {
        target.subset().stream()
                .filter(subset -> destination.spec().subsets().stream()
                        .noneMatch(one -> one.name().equals(subset)))
                .forEach(subset -> cut(
                        route,
                        destination,
                        pointer,
                        "SubsetNotFound",
                        "destination %s has no subset '%s': name one of its subsets, or leave it out for all endpoints"
                                .formatted(destination.name(), subset)));
    }

    // A writer is refused; whoever changes the destination is not, and the route leads nowhere until it is mended.
    private void cut(
            Resource<TrafficRoute> route,
            Resource<Destination> destination,
            String pointer,
            String reason,
            String message) {
        if (checked.isTouched(route) || checked.isTouched(destination)) {
            report.add(checked.refusedOrCut(route), route, pointer, reason, message);
        }
    }

    private void exists(Resource<?> referrer, String pointer, ResourceKey wanted) {
        boolean concerned = checked.isTouched(referrer) || checked.touched().contains(wanted);
        if (concerned && checked.state().find(wanted).isEmpty()) {
            report.dangling(referrer, checked.isTouched(referrer), pointer, wanted);
        }
    }
}
