package io.sallyport.compiler;

import io.sallyport.domain.EgressRule.Action;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.rule.Validity;
import io.sallyport.domain.snapshot.CompiledRule;
import io.sallyport.domain.snapshot.SourceClass;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A rule of a snapshot with the classes that it names. */
record FlowRule(ResourceName name, Action action, List<SourceClass> sources, Validity validity) {
    FlowRule {
        sources = List.copyOf(sources);
    }

    static FlowRule of(CompiledRule rule, Map<String, SourceClass> classes) {
        return new FlowRule(
                rule.name(),
                rule.action(),
                rule.sources().stream()
                        .map(classes::get)
                        .filter(Objects::nonNull)
                        .toList(),
                rule.validity());
    }
}
