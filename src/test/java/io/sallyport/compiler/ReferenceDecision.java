package io.sallyport.compiler;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Destination;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.EgressGateway.DefaultAction;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Workload;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.rule.Source;
import io.sallyport.domain.workload.WorkloadIdentity.ByAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Decides a request from the desired state, sentence by sentence of the meaning of rules; shares no code with the compiler. */
final class ReferenceDecision {
    private final DesiredState state;
    private final Resource<EgressGateway> gateway;

    ReferenceDecision(DesiredState state, ResourceName gateway) {
        this.state = state;
        this.gateway = state.gateway(gateway).orElseThrow();
    }

    /** The name that decides, with the action where it is a rule's. */
    String decide(Request request) {
        Listener listener = gateway.spec().listeners().stream()
                .filter(one -> one.name().equals(request.listener()))
                .findFirst()
                .orElseThrow();
        Resource<Destination> owner = null;
        HostPattern best = null;
        for (Resource<Destination> destination : state.destinations()) {
            for (HostPattern host : destination.spec().hosts()) {
                if (admitted(destination.namespace())
                        && host.covers(request.host())
                        && (best == null || host.isMoreSpecificThan(best))) {
                    best = host;
                    owner = destination;
                }
            }
        }
        if (owner == null || !listener.serves(request.host())) {
            return "sallyport/unknown-destination";
        }
        return decide(listener, owner, request);
    }

    private String decide(Listener listener, Resource<Destination> owner, Request request) {
        Optional<PortNumber> port = port(listener, owner.spec(), request);
        if (port.isEmpty()) {
            return gateway.spec().defaultAction() == DefaultAction.DENY
                    ? "sallyport/default-deny"
                    : "sallyport/unknown-destination";
        }
        List<Resource<EgressRule>> left = new ArrayList<>(state.rules());
        while (!left.isEmpty()) {
            Resource<EgressRule> next = left.getFirst();
            for (Resource<EgressRule> rule : left) {
                if (isBefore(rule, next)) {
                    next = rule;
                }
            }
            left.remove(next);
            if (applies(next, request) && leadsTo(next, owner, port.get(), request.host()) && speaksOf(next, request)) {
                return next.spec().action() + " " + next.name();
            }
        }
        return gateway.spec().defaultAction() == DefaultAction.DENY
                ? "sallyport/default-deny"
                : "sallyport/default-allow";
    }

    private static Optional<PortNumber> port(Listener listener, Destination owner, Request request) {
        for (DestinationPort port : owner.ports()) {
            boolean spoken = switch (listener.protocol()) {
                case TCP -> true;
                case HTTP, HTTPS, CONNECT ->
                    switch (port.protocol()) {
                        case HTTP, HTTPS, HTTP2, GRPC -> true;
                        case TLS, TCP -> false;
                    };
                case TLS ->
                    switch (port.protocol()) {
                        case TLS, HTTPS -> true;
                        case HTTP, HTTP2, GRPC, TCP -> false;
                    };
            };
            if (spoken && (request.port().isEmpty() || request.port().contains(port.number()))) {
                return Optional.of(port.number());
            }
        }
        return Optional.empty();
    }

    private static boolean isBefore(Resource<EgressRule> one, Resource<EgressRule> other) {
        if (one.spec().tier() != other.spec().tier()) {
            return one.spec().tier() == Tier.ADMIN || other.spec().tier() == Tier.BASELINE;
        }
        if (one.spec().priority() != other.spec().priority()) {
            return one.spec().priority() < other.spec().priority();
        }
        if (one.spec().action() != other.spec().action()) {
            return one.spec().action() == Action.DENY;
        }
        int byNamespace = one.namespace().value().compareTo(other.namespace().value());
        return byNamespace != 0
                ? byNamespace < 0
                : one.name().name().value().compareTo(other.name().name().value()) < 0;
    }

    private boolean applies(Resource<EgressRule> rule, Request request) {
        EgressRule spec = rule.spec();
        return spec.gateway().equals(gateway.name())
                && admitted(rule.namespace())
                && (spec.tier() == Tier.NAMESPACE || rule.namespace().equals(gateway.namespace()))
                && (spec.listeners().isEmpty() || spec.listeners().contains(request.listener()))
                && spec.validity().holdsAt(request.time());
    }

    private boolean leadsTo(Resource<EgressRule> rule, Resource<Destination> owner, PortNumber port, HostPattern host) {
        boolean mayUse = rule.namespace().equals(owner.namespace())
                || owner.spec().visibility().contains(rule.namespace());
        if (rule.spec().action() == Action.ALLOW && !mayUse) {
            return false;
        }
        return rule.spec().to().stream()
                .filter(target -> target.ports().isEmpty() || target.ports().contains(port))
                .map(target ->
                        state.destination(target.destination().getFirst()).orElseThrow())
                .filter(destination -> admitted(destination.namespace()))
                .anyMatch(destination -> destination.name().equals(owner.name())
                        || destination.spec().hosts().stream().anyMatch(own -> own.isWildcard() && own.covers(host)));
    }

    private boolean speaksOf(Resource<EgressRule> rule, Request request) {
        return rule.spec().from().stream().anyMatch(entry -> speaksOf(rule, entry, request.source()));
    }

    private boolean speaksOf(Resource<EgressRule> rule, Source entry, IpAddress source) {
        boolean own = rule.spec().tier() == Tier.NAMESPACE;
        List<Name> namespaces = entry.namespaces().stream()
                .filter(name -> !own || name.equals(rule.namespace()))
                .toList();
        List<Resource<Workload>> selected = state.workloads().stream()
                .filter(workload -> !entry.workloads().isEmpty()
                        && entry.workloads().getFirst().matches(workload.spec().labels()))
                .filter(workload -> !own || workload.namespace().equals(rule.namespace()))
                .filter(workload -> entry.namespaces().isEmpty() || namespaces.contains(workload.namespace()))
                .toList();
        boolean blind = !entry.principals().isEmpty()
                || selected.stream()
                        .anyMatch(workload ->
                                workload.spec().identities().stream().noneMatch(ByAddress.class::isInstance));
        if (rule.spec().action() == Action.DENY && blind) {
            return true;
        }
        return entry.principals().isEmpty()
                && (entry.namespaces().isEmpty() || namespaces.stream().anyMatch(name -> isWithinScopes(name, source)))
                && (entry.workloads().isEmpty() || selected.stream().anyMatch(workload -> is(workload, source)))
                && (entry.ipBlocks().isEmpty() || entry.ipBlocks().stream().anyMatch(block -> block.contains(source)))
                && (!own || isWithinScopes(rule.namespace(), source));
    }

    private boolean is(Resource<Workload> workload, IpAddress source) {
        return isWithinScopes(workload.namespace(), source)
                && workload.spec().identities().stream()
                        .anyMatch(identity -> identity instanceof ByAddress address
                                && address.range().contains(source));
    }

    private boolean isWithinScopes(Name namespace, IpAddress source) {
        return state.namespace(namespace).orElseThrow().spec().scopes().cidrs().stream()
                .anyMatch(range -> range.contains(source));
    }

    private boolean admitted(Name namespace) {
        return gateway.spec()
                .allowedNamespaces()
                .admits(
                        gateway.namespace(),
                        namespace,
                        state.namespace(namespace).orElseThrow().metadata().labels());
    }
}
