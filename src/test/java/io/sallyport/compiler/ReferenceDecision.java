package io.sallyport.compiler;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Destination;
import io.sallyport.domain.EgressGateway;
import io.sallyport.domain.EgressGateway.DefaultAction;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.EgressRule.Enforcement;
import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.Name;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.decision.Question;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.rule.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Decides a request from the desired state, sentence by sentence of the meaning of rules; shares no code with the compiler. */
final class ReferenceDecision {
    private final DesiredState state;
    private final Resource<EgressGateway> gateway;
    private final List<Resource<EgressRule>> inOrder;

    ReferenceDecision(DesiredState state, ResourceName gateway) {
        this.state = state;
        this.gateway = state.gateway(gateway).orElseThrow();
        inOrder = inOrder();
    }

    /** The name that decides, with the action where it is a rule's; where it leads; and the shadows that match. */
    String decide(Question request) {
        Listener listener = gateway.spec().listeners().stream()
                .filter(one -> one.name().equals(request.listener()))
                .findFirst()
                .orElseThrow();
        ReferenceHost host = ReferenceHost.of(request.approach());
        ReferenceSource source = new ReferenceSource(state, gateway, listener, request.peer());
        if (source.isWithoutCertificate()) {
            return "sallyport/handshake";
        }
        if (host.isMalformed()) {
            return "sallyport/malformed-host";
        }
        if (source.isAmbiguous()) {
            return "sallyport/ambiguous-identity";
        }
        if (listener.protocol() == Listener.Protocol.HTTPS && ReferenceName.isAnother(request.approach(), host)) {
            return "sallyport/other-name";
        }
        if (source.showsBadToken()) {
            return "sallyport/invalid-token";
        }
        ReferenceOwner owners = new ReferenceOwner(state, gateway, listener, host, this::admitted);
        Optional<Resource<Destination>> owner = owners.owner();
        return owner.isEmpty() ? "sallyport/unknown-destination" : decide(request, owners, owner.get(), source);
    }

    private String decide(
            Question request, ReferenceOwner owners, Resource<Destination> owner, ReferenceSource source) {
        Optional<DestinationPort> port = owners.port(owner, request.approach());
        boolean denies = gateway.spec().defaultAction() == DefaultAction.DENY;
        if (port.isEmpty()) {
            return "%s by %s, leads nowhere"
                    .formatted(denies ? "sallyport/default-deny" : "sallyport/unknown-destination", owner.name());
        }
        PortNumber number = port.get().number();
        String decision = denies ? "sallyport/default-deny" : "sallyport/default-allow";
        TreeSet<String> shadows = new TreeSet<>();
        for (Resource<EgressRule> rule : inOrder.reversed()) {
            if (holds(rule, request) && leadsTo(rule, owners, owner, number) && source.isMeantBy(rule)) {
                String said = rule.spec().action() + " " + rule.name();
                if (rule.spec().enforcement() == Enforcement.SHADOW) {
                    shadows.add(said);
                } else {
                    decision = said;
                }
            }
        }
        boolean isAllowed = decision.startsWith("ALLOW ") || decision.endsWith("/default-allow");
        if (isAllowed
                && ReferenceName.isAnotherInside(
                        request.approach(), owners.asked(), port.get().protocol())) {
            decision = "sallyport/other-name after " + decision;
        }
        return "%s by %s, port %s, shadows %s".formatted(decision, owner.name(), number, shadows);
    }

    private List<Resource<EgressRule>> inOrder() {
        List<Resource<EgressRule>> left = new ArrayList<>(state.rules());
        List<Resource<EgressRule>> sorted = new ArrayList<>();
        while (!left.isEmpty()) {
            Resource<EgressRule> next = left.getFirst();
            for (Resource<EgressRule> rule : left) {
                if (isBefore(rule, next)) {
                    next = rule;
                }
            }
            left.remove(next);
            sorted.add(next);
        }
        return sorted;
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

    private boolean holds(Resource<EgressRule> rule, Question request) {
        EgressRule spec = rule.spec();
        boolean isOfGateway = spec.gateway().equals(gateway.name())
                || spec.forwarding().failoverGateways().contains(gateway.name());
        return isOfGateway
                && admitted(rule.namespace())
                && (spec.tier() == Tier.NAMESPACE || rule.namespace().equals(gateway.namespace()))
                && (spec.listeners().isEmpty() || spec.listeners().contains(request.listener()))
                && spec.enforcement() != Enforcement.OFF
                && spec.validity().holdsAt(request.time());
    }

    private boolean leadsTo(
            Resource<EgressRule> rule, ReferenceOwner owners, Resource<Destination> owner, PortNumber port) {
        if (rule.spec().action() == Action.ALLOW && !mayUse(rule, owner)) {
            return false;
        }
        return rule.spec().to().stream()
                .filter(target -> target.ports().isEmpty() || target.ports().contains(port))
                .flatMap(target -> destinations(rule, target).stream())
                .filter(destination -> admitted(destination.namespace()))
                .anyMatch(destination -> destination.name().equals(owner.name())
                        || owners.isUnder(owner, destination, rule.spec().action()));
    }

    private List<Resource<Destination>> destinations(Resource<EgressRule> rule, Target target) {
        if (!target.destination().isEmpty()) {
            return List.of(state.destination(target.destination().getFirst()).orElseThrow());
        }
        return state.destinations().stream()
                .filter(destination -> mayUse(rule, destination))
                .filter(destination -> target.selector()
                        .getFirst()
                        .matches(destination.metadata().labels()))
                .toList();
    }

    private static boolean mayUse(Resource<EgressRule> rule, Resource<Destination> destination) {
        return rule.namespace().equals(destination.namespace())
                || destination.spec().visibility().contains(rule.namespace());
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
