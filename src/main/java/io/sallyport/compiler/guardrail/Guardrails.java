package io.sallyport.compiler.guardrail;

import io.sallyport.compiler.Finding;
import io.sallyport.compiler.Finding.Severity;
import io.sallyport.compiler.IncrementalCompiler;
import io.sallyport.compiler.TouchedGateways;
import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Guardrail;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.guardrail.FlowPattern;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides guardrails over a whole state. A write is looked at for what it changes: a guardrail that did not hold before is
 * not held against whoever makes it no worse.
 */
public final class Guardrails {
    private final TouchedGateways touched;
    private final IncrementalCompiler compiler = new IncrementalCompiler();
    private final Map<ResourceName, Index> newest = new HashMap<>();

    public Guardrails(TouchedGateways touched) {
        this.touched = touched;
    }

    /** What a write would do to guardrails: an error for each that would block it, a warning for the others. */
    public synchronized List<Finding> findingsOfWrite(
            DesiredState before, DesiredState after, List<Change> changes, Instant now) {
        Set<ResourceName> gateways = after.guardrails().isEmpty() ? Set.of() : touched.of(before, after, changes);
        List<Resource<Guardrail>> concerned = after.guardrails().stream()
                .filter(guardrail -> !gateways.isEmpty() || meansOthers(guardrail, changes))
                .toList();
        if (concerned.isEmpty()) {
            return List.of();
        }
        Model then = model(before);
        Model model = then.with(after, gateways, gateway -> index(after, gateway));
        Concerned different = new Difference(then.gateways());
        List<Finding> findings = new ArrayList<>();
        for (Resource<Guardrail> guardrail : concerned) {
            List<Breaches> earlier =
                    isWritten(guardrail, changes) ? List.of() : List.of(new Breaches(then, List.of(), now));
            new Breaches(model, earlier, now)
                    .of(guardrail.spec(), meansOthers(guardrail, changes) ? Concerned.ALL : different)
                    .map(breach -> finding(guardrail, breach, changes))
                    .ifPresent(findings::add);
        }
        return findings;
    }

    /** Of guardrails that are looked at: what does not hold. */
    public synchronized List<Finding> findings(DesiredState state, Set<ResourceKey> looked, Instant now) {
        List<Resource<Guardrail>> guardrails = state.guardrails().stream()
                .filter(guardrail -> looked.contains(guardrail.key()))
                .toList();
        if (guardrails.isEmpty()) {
            return List.of();
        }
        Breaches breaches = new Breaches(model(state), List.of(), now);
        return guardrails.stream()
                .flatMap(guardrail -> breaches.of(guardrail.spec(), Concerned.ALL).stream()
                        .map(breach -> new Finding(
                                Severity.WARNING,
                                guardrail.key(),
                                "/spec",
                                reason(breach),
                                message(guardrail, breach))))
                .toList();
    }

    private static boolean isWritten(Resource<Guardrail> guardrail, List<Change> changes) {
        return changes.stream().anyMatch(change -> change.key().equals(guardrail.key()));
    }

    private static boolean meansOthers(Resource<Guardrail> guardrail, List<Change> changes) {
        return isWritten(guardrail, changes) || new Meant(guardrail.spec(), changes).mayBeOthers();
    }

    private Model model(DesiredState state) {
        return Model.of(
                state,
                state.gateways().stream()
                        .map(gateway -> index(state, gateway.name()))
                        .toList());
    }

    private Index index(DesiredState state, ResourceName gateway) {
        newest.keySet().removeIf(name -> state.gateway(name).isEmpty());
        Index index = Index.of(compiler.compile(state, gateway), Optional.ofNullable(newest.get(gateway)));
        newest.put(gateway, index);
        return index;
    }

    private static Finding finding(Resource<Guardrail> guardrail, Breach breach, List<Change> changes) {
        Severity severity = switch (guardrail.spec().severity()) {
            case BLOCK -> Severity.ERROR;
            case WARN -> Severity.WARNING;
        };
        ResourceKey subject = subject(guardrail, breach, changes);
        String pointer = subject.equals(guardrail.key()) ? "/spec" : "";
        return new Finding(severity, subject, pointer, reason(breach), message(guardrail, breach));
    }

    // Who wrote what lets the flow through, or else whatever was written.
    private static ResourceKey subject(Resource<Guardrail> guardrail, Breach breach, List<Change> changes) {
        Set<ResourceKey> written = changes.stream().map(Change::key).collect(Collectors.toSet());
        Optional<ResourceKey> rule = breach.rule().stream()
                .map(name -> new ResourceKey(Kind.EGRESS_RULE, name))
                .filter(written::contains)
                .findFirst();
        return rule.orElseGet(() -> written.contains(guardrail.key())
                ? guardrail.key()
                : changes.getFirst().key());
    }

    private static String reason(Breach breach) {
        return breach.isDecided() ? "GuardrailViolated" : "GuardrailUndecided";
    }

    private static String message(Resource<Guardrail> guardrail, Breach breach) {
        return breach.isDecided()
                ? "guardrail %s does not hold: %s".formatted(guardrail.name(), breach.why())
                : "it cannot be told whether guardrail %s holds: %s".formatted(guardrail.name(), breach.why());
    }

    /** Whether a guardrail means other flows than before, though nobody wrote it. */
    private record Meant(Guardrail guardrail, Collection<Change> changes) {
        boolean mayBeOthers() {
            return (asksForWorkloads() && isWritten(Kind.WORKLOAD))
                    || (asksForScopes() && isWritten(Kind.NAMESPACE))
                    || (selects() && isWritten(Kind.DESTINATION));
        }

        private boolean isWritten(Kind kind) {
            return changes.stream().anyMatch(change -> change.key().kind() == kind);
        }

        private boolean asksForWorkloads() {
            return patterns().stream()
                    .flatMap(one -> one.from().stream())
                    .anyMatch(from -> !from.workloads().isEmpty());
        }

        private boolean asksForScopes() {
            return asksForWorkloads()
                    || patterns().stream()
                            .flatMap(one -> one.from().stream())
                            .anyMatch(from -> !from.namespaces().isEmpty());
        }

        private boolean selects() {
            return patterns().stream()
                    .flatMap(one -> one.to().stream())
                    .anyMatch(to -> !to.selector().isEmpty());
        }

        private List<FlowPattern> patterns() {
            List<FlowPattern> all = new ArrayList<>(guardrail.except());
            all.add(guardrail.flows());
            return all;
        }
    }
}
