package io.sallyport.testkit;

import io.sallyport.compiler.explain.Evaluator;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Question;
import io.sallyport.domain.decision.Routing;
import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.snapshot.RouteAction;
import io.sallyport.domain.snapshot.Snapshot;
import java.util.List;
import java.util.Random;

/** Requests at random to the listeners of a snapshot, and whether they are sent on, as the evaluator has it. */
public final class RandomPassage {
    private final Random random;
    private final RandomRequest requests;

    public RandomPassage(Random random) {
        this.random = random;
        this.requests = new RandomRequest(random);
    }

    /** Of a snapshot with listeners. */
    public Question to(Snapshot snapshot) {
        List<Listener> listeners =
                snapshot.listeners().stream().map(one -> one.listener()).toList();
        return elsewhere(requests.to(listeners));
    }

    private Question elsewhere(Question question) {
        if (!(question.approach() instanceof Approach.HttpRequest request)) {
            return question;
        }
        String path = List.of("/", "/a", "/a/b", "/b").get(random.nextInt(4));
        return new Question(
                question.listener(),
                question.peer(),
                new Approach.HttpRequest(
                        request.authority(), request.method(), path, request.serverName(), request.headers()),
                question.time(),
                question.lookup());
    }

    /** What a snapshot lets pass. */
    public record Gate(Snapshot snapshot, Evaluator evaluator) {
        public Gate(Snapshot snapshot) {
            this(snapshot, new Evaluator(snapshot));
        }

        /** A listener that is not there lets nobody in, nor does one that speaks another protocol. */
        public boolean lets(Question question) {
            boolean isRead = snapshot.listeners().stream()
                    .map(one -> one.listener())
                    .anyMatch(listener -> listener.name().equals(question.listener())
                            && question.approach().isReadBy(listener.protocol()));
            return isRead && isSentOn(evaluator.decide(question));
        }
    }

    private static boolean isSentOn(Verdict verdict) {
        return verdict.ruling().allows()
                && switch (verdict.routing()) {
                    case Routing.ToOwner owner -> true;
                    case Routing.Taken taken -> taken.route().action() instanceof RouteAction.Forward;
                    case Routing.NoRoute none -> false;
                    case Routing.AmbiguousPath ambiguous -> false;
                };
    }
}
