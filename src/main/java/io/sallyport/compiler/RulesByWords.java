package io.sallyport.compiler;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Destination;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.rule.Source;
import io.sallyport.domain.rule.Target;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Some rules by the words that a rule must use to cover them, so that not each is compared with all rules of a state: it
 * has to cover their first entries too.
 */
final class RulesByWords {
    private final DesiredState state;
    private final Map<HostPattern, List<ResourceName>> wildcards = new HashMap<>();
    private final Map<Words, List<Resource<EgressRule>>> rules = new HashMap<>();

    private RulesByWords(DesiredState state) {
        this.state = state;
    }

    static RulesByWords of(DesiredState state, List<Resource<EgressRule>> rules) {
        RulesByWords byWords = new RulesByWords(state);
        state.destinations().forEach(byWords::indexDestination);
        rules.forEach(byWords::index);
        return byWords;
    }

    /** With those that it does not cover after all. */
    Stream<Resource<EgressRule>> perhapsCoveredBy(Resource<EgressRule> earlier) {
        return earlier.spec().to().stream()
                .flatMap(target -> earlier.spec().from().stream()
                        .flatMap(source -> rules.getOrDefault(words(target, source), List.of()).stream()));
    }

    private void indexDestination(Resource<Destination> destination) {
        destination
                .spec()
                .everywhere()
                .filter(HostPattern::isWildcard)
                .forEach(wildcard -> wildcards
                        .computeIfAbsent(wildcard, ignored -> new ArrayList<>())
                        .add(destination.name()));
    }

    private void index(Resource<EgressRule> rule) {
        Target target = rule.spec().to().getFirst();
        List<LabelSelector> workloads = rule.spec().from().getFirst().workloads();
        Stream.concat(Stream.of(withoutPorts(target)), above(target))
                .distinct()
                .flatMap(wide -> Stream.of(new Words(wide, workloads), new Words(wide, List.of())))
                .distinct()
                .forEach(words -> rules.computeIfAbsent(words, ignored -> new ArrayList<>())
                        .add(rule));
    }

    // Whatever covers all hosts of a destination covers its first.
    private Stream<Target> above(Target target) {
        return target.destination().stream()
                .flatMap(name -> state.destination(name).stream())
                .flatMap(destination -> destination.spec().everywhere().limit(1))
                .flatMap(host -> Stream.concat(Stream.of(host), host.wider().stream()))
                .flatMap(pattern -> wildcards.getOrDefault(pattern, List.of()).stream())
                .map(name -> Target.of(name, List.of()));
    }

    private static Words words(Target target, Source source) {
        return new Words(withoutPorts(target), source.workloads());
    }

    private static Target withoutPorts(Target target) {
        return new Target(target.destination(), target.selector(), List.of());
    }

    private record Words(Target target, List<LabelSelector> workloads) {}
}
