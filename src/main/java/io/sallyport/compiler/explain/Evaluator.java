package io.sallyport.compiler.explain;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.Name;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Approach.ClientHello;
import io.sallyport.domain.decision.Approach.Connection;
import io.sallyport.domain.decision.Approach.HttpRequest;
import io.sallyport.domain.decision.Approach.Tunnel;
import io.sallyport.domain.decision.Question;
import io.sallyport.domain.decision.SourceIdentity;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.decision.Verdict.Reason;
import io.sallyport.domain.snapshot.CompiledRule;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.Upstream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Decides a request as a proxy does that was given nothing but the snapshot. */
public final class Evaluator {
    private static final Comparator<HostEntry> MOST_SPECIFIC_FIRST = Comparator.comparing(
            HostEntry::host, (one, other) -> one.equals(other) ? 0 : one.isMoreSpecificThan(other) ? -1 : 1);

    private final Snapshot snapshot;
    private final Map<String, Upstream> upstreams;

    public Evaluator(Snapshot snapshot) {
        this.snapshot = snapshot;
        this.upstreams = snapshot.upstreams().stream().collect(toMap(Upstream::name, identity()));
    }

    /** Throws IllegalArgumentException where there is no such listener, or it does not read what comes. */
    public Verdict decide(Question question) {
        ListenerSnapshot listener = listener(question);
        Verdict.Source source = new SourceView(snapshot.sources()).of(question.peer(), listener);
        Optional<AskedHost> asked = asked(question.approach());
        if (asked.isEmpty()) {
            return refused(Reason.MALFORMED_HOST, source);
        }
        if (source.identity() instanceof SourceIdentity.Ambiguous) {
            return refused(Reason.AMBIGUOUS_IDENTITY, source);
        }
        return owner(listener, question.approach(), asked.get())
                .map(owner -> decide(listener, owner, question, asked.get(), source))
                .orElseGet(() -> refused(Reason.UNKNOWN_DESTINATION, source));
    }

    private ListenerSnapshot listener(Question question) {
        ListenerSnapshot found = listener(question.listener())
                .orElseThrow(() -> new IllegalArgumentException("there is no listener " + question.listener()));
        if (!question.approach().isReadBy(found.listener().protocol())) {
            throw new IllegalArgumentException("a listener of %s does not read that"
                    .formatted(found.listener().protocol()));
        }
        return found;
    }

    private Optional<ListenerSnapshot> listener(Name name) {
        return snapshot.listeners().stream()
                .filter(one -> one.listener().name().equals(name))
                .findFirst();
    }

    private static Optional<AskedHost> asked(Approach approach) {
        return switch (approach) {
            case HttpRequest request -> AskedHost.ofAuthority(request.authority());
            case Tunnel tunnel -> AskedHost.ofAuthority(tunnel.authority());
            case ClientHello hello ->
                hello.serverName().isEmpty()
                        ? Optional.of(AskedHost.ofAddress(List.of()))
                        : AskedHost.ofServerName(hello.serverName().getFirst());
            case Connection connection -> Optional.of(AskedHost.ofAddress(connection.original()));
        };
    }

    // Without a server name it is not known what is asked for, not even where any host is somebody's.
    private static Optional<HostEntry> owner(ListenerSnapshot listener, Approach approach, AskedHost asked) {
        if (approach instanceof ClientHello && asked.host().isEmpty()) {
            return Optional.empty();
        }
        return listener.hosts().stream()
                .filter(entry -> asked.isCoveredBy(entry.host()))
                .min(MOST_SPECIFIC_FIRST);
    }

    private Verdict decide(
            ListenerSnapshot listener, HostEntry owner, Question question, AskedHost asked, Verdict.Source source) {
        var ports = new PortChoice(upstreams);
        Optional<PortEntry> port = ports.of(owner, question.approach(), asked);
        var place = new Verdict.Place(
                owner.destination(),
                owner.host(),
                port.map(entry -> Onward.of(entry, upstream(entry), question.approach(), asked)).stream()
                        .toList());
        var trial = RuleTrial.of(port, source, question.time());
        Outcome outcome = held(outcome(trial.winner(), port), port, question.approach());
        return new Verdict(
                outcome.action(),
                outcome.name(),
                outcome.reason(),
                source,
                List.of(place),
                new OtherRules(snapshot, trial.passedOver()).beside(listener, owner, port),
                trial.shadows());
    }

    private record Outcome(Action action, String name, Reason reason) {
        Outcome(Action action, Reason reason) {
            this(action, reason.decisionName(), reason);
        }
    }

    private Outcome outcome(Optional<CompiledRule> winner, Optional<PortEntry> port) {
        return winner.map(rule -> new Outcome(rule.action(), rule.name().toString(), Reason.RULE))
                .orElseGet(() -> new Outcome(action(otherwise(port)), otherwise(port)));
    }

    // Nothing is allowed where it could not be held to its policies.
    private static Outcome held(Outcome outcome, Optional<PortEntry> port, Approach approach) {
        boolean isHeld = port.map(PortEntry::enforceability).stream().allMatch(known -> switch (known) {
            case WHOLLY -> true;
            case IN_REQUESTS -> !(approach instanceof Tunnel);
            case NOWHERE -> false;
        });
        return isHeld || outcome.action() == Action.DENY ? outcome : new Outcome(Action.DENY, Reason.UNENFORCEABLE);
    }

    private Upstream upstream(PortEntry port) {
        return Objects.requireNonNull(upstreams.get(port.upstream()));
    }

    private Reason otherwise(Optional<PortEntry> port) {
        return switch (snapshot.defaultAction()) {
            case DENY -> Reason.DEFAULT_DENY;
            case ALLOW -> port.isPresent() ? Reason.DEFAULT_ALLOW : Reason.UNKNOWN_DESTINATION;
        };
    }

    private static Action action(Reason reason) {
        return reason == Reason.DEFAULT_ALLOW ? Action.ALLOW : Action.DENY;
    }

    private static Verdict refused(Reason reason, Verdict.Source source) {
        return new Verdict(Action.DENY, reason.decisionName(), reason, source, List.of(), List.of(), List.of());
    }
}
