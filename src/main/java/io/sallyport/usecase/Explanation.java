package io.sallyport.usecase;

import io.sallyport.domain.EgressRule.Tier;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.domain.decision.Question;
import io.sallyport.domain.decision.Verdict;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;

/**
 * What becomes of a request, listener by listener.
 *
 * @param revision of the state that decided; the next one where unsaved resources are part of it
 * @param tiers of the rules that are named, as far as they are rules of that state
 * @param warnings about the unsaved resources
 * @param agents of the gateway, as this replica knows them; none for who may not read the gateway
 * @param sight what the caller may be told of it; all where empty; at most one
 */
public record Explanation(
        ResourceName gateway,
        Revision revision,
        Instant time,
        List<Answer> answers,
        SortedMap<ResourceName, Tier> tiers,
        List<Warning> warnings,
        List<AgentStatus> agents,
        List<Sight> sight) {
    public Explanation {
        answers = List.copyOf(answers);
        warnings = List.copyOf(warnings);
        agents = List.copyOf(agents);
        sight = List.copyOf(sight);
    }

    /** What one listener makes of it. */
    public record Answer(Name listener, Question question, Verdict verdict) {}
}
