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
import io.sallyport.domain.decision.Routing;
import io.sallyport.domain.decision.Ruling;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.decision.Verdict.Reason;
import io.sallyport.domain.snapshot.CompiledRule;
import io.sallyport.domain.snapshot.EffectivePolicy;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PoliciesInForce;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.Upstream;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decides a request as a proxy does that was given nothing but the snapshot. */
public final class Evaluator {
    private static final Comparator<HostEntry> MOST_SPECIFIC_FIRST = Comparator.comparing(
            HostEntry::host, (one, other) -> one.equals(other) ? 0 : one.isMoreSpecificThan(other) ? -1 : 1);

    private final Snapshot snapshot;
    private final Map<String, Upstream> upstreams;
    private final PoliciesInForce policies;
    private final RouteChoice routes;

    public Evaluator(Snapshot snapshot) {
        this.snapshot = snapshot;
        this.policies = PoliciesInForce.of(snapshot.policies());
        this.routes = new RouteChoice(snapshot);
        this.upstreams = snapshot.upstreams().stream().collect(toMap(Upstream::name, identity()));
    }

    /** Throws IllegalArgumentException where there is no such listener, or it does not read what comes. */
    public Verdict decide(Question question) {
        ListenerSnapshot listener = listener(question);
        Optional<AskedHost> asked = asked(question.approach());
        Optional<HostEntry> owner = asked.flatMap(host -> owner(listener, question.approach(), host));
        EffectivePolicy policy = owner.map(host -> policies.at(listener, host)).orElseGet(() -> policies.at(listener));
        var scene = new Scene(seen(listener, owner, policy), question, policy);
        var replies = new Replies(listener, scene.listener().jwt(), question);
        Verdict.Source source = new SourceView(snapshot.sources()).of(question.peer(), scene.listener());
        Optional<Reason> refusal = new Entrance(scene, source.identity()).refusal(asked);
        if (refusal.isPresent()) {
            return refused(refusal.get(), source, replies);
        }
        return owner.map(host -> decide(scene, host, asked.orElseThrow(), source, replies))
                .orElseGet(() -> refused(Reason.UNKNOWN_DESTINATION, source, replies));
    }

    // A host with policies of its own may take other tokens than its listener does elsewhere.
    private static ListenerSnapshot seen(ListenerSnapshot listener, Optional<HostEntry> owner, EffectivePolicy policy) {
        boolean isOfItsOwn = owner.map(host -> !host.policy().isEmpty()).orElse(false);
        return isOfItsOwn ? listener.taking(policy.jwt()) : listener;
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

    private Verdict decide(Scene scene, HostEntry owner, AskedHost asked, Verdict.Source source, Replies replies) {
        Question question = scene.question();
        Optional<PortEntry> port = new PortChoice(upstreams).of(owner, question.approach(), asked);
        var trial = RuleTrial.of(port, source, question.time());
        Routing routing =
                port.map(entry -> routes.of(entry, question.approach())).orElseGet(Routing.ToOwner::new);
        Optional<Way> way = port.map(entry -> way(entry, routing, question, asked));
        Optional<Permission> permission = port.map(entry -> scene.permission(source, asked, entry.number()));
        Ruling byRules = trial.winner().map(Evaluator::by).orElseGet(() -> otherwise(port));
        Ruling ruling = way.map(one -> one.judged(byRules, permission.orElseThrow()))
                .orElse(byRules)
                .under(routing);
        return new Verdict(
                ruling,
                source,
                List.of(new Verdict.Place(
                        owner.destination(),
                        owner.host(),
                        way.stream().map(Way::onward).toList())),
                routing,
                new OtherRules(snapshot, trial.passedOver()).beside(scene.listener(), owner, port),
                trial.shadows(),
                way.filter(one -> one.isHeld() && byRules.allows()).flatMap(held -> permission).stream()
                        .flatMap(one -> one.audits().stream())
                        .toList(),
                ruling.allows() && question.approach() instanceof HttpRequest
                        ? AskedByPolicies.of(scene.policy())
                        : List.of(),
                way.map(one -> replies.to(ruling, routing, one.upstream(), one.onward()))
                        .orElseGet(() -> replies.to(ruling)));
    }

    private Way way(PortEntry port, Routing routing, Question question, AskedHost asked) {
        return Way.of(snapshot, port, Leading.of(routing, port, upstreams), question, asked);
    }

    private static Ruling by(CompiledRule rule) {
        return new Ruling(rule.action(), rule.name().toString(), Reason.RULE, List.of());
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
        return new Verdict(
                ruling,
                source,
                List.of(),
                new Routing.ToOwner(),
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                replies.to(ruling));
    }
}
