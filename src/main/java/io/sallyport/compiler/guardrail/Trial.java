package io.sallyport.compiler.guardrail;

import io.sallyport.compiler.explain.Evaluator;
import io.sallyport.domain.Guardrail;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.decision.Question;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.EffectivePolicy;
import io.sallyport.domain.snapshot.SourceClass;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Tries the flows of one guardrail on a state: those of every sort that anything in it tells apart. */
final class Trial {
    // Beyond so many flows at one port it counts as undecided.
    private static final long MOST_FLOWS = 100_000;

    private final Model model;
    private final Meant meant;
    private final Instant now;
    private final UnaryOperator<EffectivePolicy> judged;

    /** @param judged what is made of rules of policies that ask for more than a flow says */
    Trial(Model model, Guardrail guardrail, Instant now, UnaryOperator<EffectivePolicy> judged) {
        this.model = model;
        this.meant = model.meant(guardrail);
        this.now = now;
        this.judged = judged;
    }

    /** A flow that is meant, and what becomes of it. */
    record Tried(Flow flow, Verdict verdict) {
        boolean passes() {
            return verdict.ruling().allows();
        }
    }

    Meaning flows() {
        return meant.flows();
    }

    Stream<Place> places(Concerned concerned) {
        return model.places(meant.flows(), concerned);
    }

    Passage passage(Place place) {
        return Passage.of(place, judged);
    }

    /** What is meant of the flows of those sorts through there. */
    Stream<Tried> tried(Passage passage, Sorts sorts) {
        Evaluator evaluator = evaluator(passage);
        return sorts.times().stream()
                .flatMap(time -> sorts.hosts().stream()
                        .flatMap(host -> passage.approaches(host, sorts.methods()).stream()
                                .flatMap(approach ->
                                        sorts.peers().stream().map(peer -> flow(passage, host, approach, peer, time)))))
                .map(flow -> tried(evaluator, flow))
                .filter(this::isMeant);
    }

    /** What becomes of one flow, in this state, where it is meant. */
    Stream<Tried> again(Flow flow) {
        return model.place(flow).map(this::passage).stream()
                .map(passage -> tried(evaluator(passage), flow))
                .filter(this::isMeant);
    }

    /** The same from the same source through another passage. */
    boolean passesAlso(Passage other, Flow flow) {
        if (!other.place().target().equals(flow.target()) || !other.sees(flow.peer())) {
            return false;
        }
        Evaluator evaluator = evaluator(other);
        return other.approaches(flow.host(), methods(flow.approach())).stream()
                .map(approach -> flow(other, flow.host(), approach, flow.peer(), flow.time()))
                .anyMatch(same -> tried(evaluator, same).passes());
    }

    private static List<String> methods(Approach approach) {
        return approach instanceof Approach.HttpRequest request ? List.of(request.method()) : List.of();
    }

    private boolean isMeant(Tried tried) {
        return meant.flows().mayMean(tried.flow(), tried.verdict())
                && (!tried.passes() || meant.flows().goesOn(tried.verdict()))
                && meant.exceptions().stream().noneMatch(except -> except.means(tried.flow(), tried.verdict()));
    }

    private static Tried tried(Evaluator evaluator, Flow flow) {
        return new Tried(
                flow,
                evaluator.decide(new Question(flow.listener().name(), flow.peer(), flow.approach(), flow.time())));
    }

    private Evaluator evaluator(Passage passage) {
        return passage.evaluator(meant.classes().toList());
    }

    private static Flow flow(Passage passage, HostPattern host, Approach approach, Peer peer, Instant time) {
        return new Flow(
                passage.snapshot().gateway(),
                passage.listener().listener(),
                passage.entry().destination(),
                host,
                passage.port().number(),
                peer,
                approach,
                time);
    }

    /** What there is to combine. */
    record Sorts(List<HostPattern> hosts, Collection<String> methods, List<Peer> peers, List<Instant> times) {
        /** Whether there is too much to try. */
        boolean areTooMany() {
            return hosts.size() * (long) (methods.size() + 1) * peers.size() * times.size() > MOST_FLOWS;
        }
    }

    /** @param others of which those that pass through here are to be told apart too, as they would be there */
    Sorts sorts(Passage passage, Collection<Passage> others) {
        return new Sorts(
                model.hosts(passage.place(), meant.hosts().toList()),
                methods(passage),
                peers(passage, others),
                times(passage, others));
    }

    private List<Peer> peers(Passage passage, Collection<Passage> others) {
        List<SourceClass> told = Stream.concat(
                        Stream.concat(Stream.of(passage), others.stream())
                                .flatMap(one -> one.snapshot().sources().stream()),
                        meant.classes())
                .distinct()
                .toList();
        return new Peers(told, passage.listener()).ofEachSort(meant.flows());
    }

    /** Now, and all later times at which something may become otherwise, the first of them first. */
    private List<Instant> times(Passage passage, Collection<Passage> others) {
        Stream<Instant> bounds = Stream.concat(Stream.of(passage), others.stream())
                .flatMap(Passage::bounds)
                .filter(bound -> bound.isAfter(now) && bound.isBefore(Instant.MAX));
        return Stream.concat(Stream.of(now), bounds).distinct().sorted().toList();
    }

    private SortedSet<String> methods(Passage passage) {
        return Stream.concat(passage.methods(), meant.methods()).collect(Collectors.toCollection(TreeSet::new));
    }
}
