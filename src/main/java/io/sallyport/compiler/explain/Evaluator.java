package io.sallyport.compiler.explain;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.sallyport.domain.Name;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Approach.ClientHello;
import io.sallyport.domain.decision.Approach.Connection;
import io.sallyport.domain.decision.Approach.HttpRequest;
import io.sallyport.domain.decision.Approach.Tunnel;
import io.sallyport.domain.decision.Question;
import io.sallyport.domain.decision.Ruling;
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
        Optional<Reason> refusal = new Entrance(listener, question, source.identity()).refusal(asked);
        if (refusal.isPresent()) {
            return refused(refusal.get(), source, new Replies(listener, question));
        }
        return owner(listener, question.approach(), asked.orElseThrow())
                .map(owner -> decide(listener, owner, question, asked.get(), source))
                .orElseGet(() -> refused(Reason.UNKNOWN_DESTINATION, source, new Replies(listener, question)));
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
        Optional<PortEntry> port = new PortChoice(upstreams).of(owner, question.approach(), asked);
        var trial = RuleTrial.of(port, source, question.time());
        Optional<Way> way = port.map(entry -> way(entry, question, asked));
        Ruling ruling = way.map(
                        one -> one.judged(trial.winner().map(Evaluator::by).orElseGet(() -> otherwise(port))))
                .orElseGet(() -> otherwise(port));
        var replies = new Replies(listener, question);
        return new Verdict(
                ruling,
                source,
                List.of(new Verdict.Place(
                        owner.destination(),
                        owner.host(),
                        way.stream().map(Way::onward).toList())),
                new OtherRules(snapshot, trial.passedOver()).beside(listener, owner, port),
                trial.shadows(),
                way.map(one -> replies.to(ruling, one.upstream(), one.onward())).orElseGet(() -> replies.to(ruling)));
    }

    private Way way(PortEntry port, Question question, AskedHost asked) {
        return Way.of(snapshot, port, upstream(port), question, asked);
    }

    private static Ruling by(CompiledRule rule) {
        return new Ruling(rule.action(), rule.name().toString(), Reason.RULE, List.of());
    }

    private Upstream upstream(PortEntry port) {
        return Objects.requireNonNull(upstreams.get(port.upstream()));
    }

    private Ruling otherwise(Optional<PortEntry> port) {
        return Ruling.of(
                switch (snapshot.defaultAction()) {
                    case DENY -> Reason.DEFAULT_DENY;
                    case ALLOW -> port.isPresent() ? Reason.DEFAULT_ALLOW : Reason.UNKNOWN_DESTINATION;
                });
    }

    private static Verdict refused(Reason reason, Verdict.Source source, Replies replies) {
        Ruling ruling = Ruling.of(reason);
        return new Verdict(ruling, source, List.of(), List.of(), List.of(), replies.to(ruling));
    }
}
