package io.sallyport.usecase;

import io.sallyport.agents.DecisionLog;
import io.sallyport.domain.Name;
import io.sallyport.domain.agent.DecisionCount;
import io.sallyport.domain.agent.Denial;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import io.sallyport.identity.Right;
import java.util.List;

/** Tells what gateways refused lately of what concerns a namespace, and how often its rules decided. */
public final class ListDenials {
    private final Authorizer authorizer;
    private final DecisionLog decisions;

    /**
     * What was told.
     *
     * @param notKept how many denials of all namespaces were counted alone, since this replica started
     */
    public record Denials(List<Denial> last, List<DecisionCount> counts, long notKept) {}

    public ListDenials(Authorizer authorizer, DecisionLog decisions) {
        this.authorizer = authorizer;
        this.decisions = decisions;
    }

    public Denials list(Caller caller, Name namespace, int limit) {
        authorizer.check(caller, Right.READ, namespace);
        return new Denials(
                decisions.denials(namespace).stream().limit(limit).toList(),
                decisions.counts().stream()
                        .filter(count -> concerns(namespace, count))
                        .toList(),
                decisions.countNotKept());
    }

    // Its rules', wherever they decide, and all that its own gateways decided.
    private static boolean concerns(Name namespace, DecisionCount count) {
        return count.rule().startsWith(namespace + "/")
                || count.gateway().namespace().equals(namespace);
    }
}
