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
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Decides guardrails over a whole state. A write is looked at for what it changes: a guardrail that did not hold before is
 * not held against whoever makes it no worse. For several threads: making models is for one at a time, trying is not.
 */
public final class Guardrails {
    // Of these a guardrail can speak though no gateway runs anything of them.
    private static final Set<Kind> SPOKEN_OF = Set.of(Kind.GUARDRAIL, Kind.WORKLOAD, Kind.NAMESPACE, Kind.DESTINATION);

    private final TouchedGateways touched;
    private final IncrementalCompiler compiler;
    private final Map<ResourceName, Index> newest = new HashMap<>();
    private final Shown shown = new Shown();

    public Guardrails(TouchedGateways touched, IncrementalCompiler compiler) {
        this.touched = touched;
        this.compiler = compiler;
    }

    /** What a write would do to guardrails: an error for each that would block it, a warning for the others. */
    public List<Finding> findingsOfWrite(DesiredState before, DesiredState after, List<Change> changes, Instant now) {
        Set<ResourceName> gateways = after.guardrails().isEmpty() ? Set.of() : touched.of(before, after, changes);
        boolean mayMatter = !gateways.isEmpty()
                || changes.stream()
                        .anyMatch(change -> SPOKEN_OF.contains(change.key().kind()));
        if (after.guardrails().isEmpty() || !mayMatter) {
            return List.of();
        }
        Write write = write(before, after, gateways, now);
        return after.guardrails().stream()
                .flatMap(guardrail ->
                        breach(write, guardrail, changes).stream().map(breach -> finding(guardrail, breach, changes)))
                .toList();
    }

    /** The states before and after it, and what differs. */
    private record Write(Model before, Model after, Concerned different, Instant now) {}

    private synchronized Write write(DesiredState before, DesiredState after, Set<ResourceName> gateways, Instant now) {
        Model then = model(before);
        return new Write(
                then,
                then.with(after, gateways, gateway -> index(after, gateway)),
                new Difference(then.gateways()),
                now);
    }

    private Optional<Breach> breach(Write write, Resource<Guardrail> guardrail, List<Change> changes) {
        Guardrail spec = guardrail.spec();
        boolean isWritten = changes.stream().anyMatch(change -> change.key().equals(guardrail.key()));
        boolean meansOthers =
                isWritten || !write.before().meant(spec).equals(write.after().meant(spec));
        Optional<Breach> breach =
                shown.breach(guardrail, write.after(), meansOthers ? Concerned.ALL : write.different(), write.now());
        return isWritten || breach.isEmpty()
                ? breach
                : new Breaches(
                                write.after(),
                                List.of(new Breaches(write.before(), List.of(), write.now())),
                                write.now())
                        .of(spec, meansOthers ? Concerned.ALL : write.different());
    }

    /** Of guardrails that are looked at: what does not hold. */
    public List<Finding> findings(DesiredState state, Set<ResourceKey> looked, Instant now) {
        List<Resource<Guardrail>> guardrails = state.guardrails().stream()
                .filter(guardrail -> looked.contains(guardrail.key()))
                .toList();
        if (guardrails.isEmpty()) {
            return List.of();
        }
        Model model = model(state);
        return guardrails.stream()
                .flatMap(guardrail -> shown.breach(guardrail, model, Concerned.ALL, now).stream()
                        .map(breach -> new Finding(
                                Severity.WARNING,
                                guardrail.key(),
                                "/spec",
                                reason(breach),
                                message(guardrail, breach))))
                .toList();
    }

    private synchronized Model model(DesiredState state) {
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
}
