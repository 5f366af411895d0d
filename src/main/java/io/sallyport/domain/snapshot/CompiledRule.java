package io.sallyport.domain.snapshot;

import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.rule.Validity;
import java.util.List;

/**
 * A rule as it stands in the list of one host and port.
 *
 * @param name as in logs and refusals
 * @param sources ids of the {@link SourceClass}es it speaks of, sorted; any of them matches
 */
public record CompiledRule(ResourceName name, Action action, List<String> sources, Validity validity) {
    public CompiledRule {
        sources = List.copyOf(sources);
    }
}
