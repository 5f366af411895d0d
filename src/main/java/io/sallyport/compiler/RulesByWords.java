package io.sallyport.compiler;

import io.sallyport.domain.Derivation;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Destination;
import io.sallyport.domain.EgressRule;
import io.sallyport.domain.Kind;
import io.sallyport.domain.LabelSelector;
import io.sallyport.domain.Resource;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.rule.Target;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The rules of a state by the words that they use, so that a rule is not compared with each of them: one that covers it
 * has to cover its first entries too.
 */
final class RulesByWords {
    private static final Derivation<Map<HostPattern, List<ResourceName>>> WILDCARDS = RulesByWords::wildcards;
    private static final Derivation<Map<Words, List<Resource<EgressRule>>>> RULES = RulesByWords::byWords;

    private final DesiredState state;

    RulesByWords(DesiredState state) {
        this.state = state;
    }

    /** By name, with those that do not cover it after all. */
    Stream<Resource<EgressRule>> perhapsCovering(Resource<EgressRule> rule) {
        List<Words> wanted = words(rule);
        return state.derivedOfParts(Kind.EGRESS_RULE, RULES)
                .flatMap(part -> wanted.stream()
                        .flatMap(words -> part.getOrDefault(words, List.of()).stream())
                        .sorted(Comparator.comparing(Resource::name)));
    }

    private List<Words> words(Resource<EgressRule> rule) {
        Target target = rule.spec().to().getFirst();
        List<LabelSelector> workloads = rule.spec().from().getFirst().workloads();
        return Stream.concat(Stream.of(withoutPorts(target)), above(target))
                .distinct()
                .flatMap(wide -> Stream.of(Words.of(wide, workloads), Words.of(wide, List.of())))
                .distinct()
                .toList();
    }

    // Whatever covers all hosts of a destination covers its first.
    private Stream<Target> above(Target target) {
        Map<HostPattern, List<ResourceName>> wildcards = state.derived(Kind.DESTINATION, WILDCARDS);
        return target.destination().stream()
                .flatMap(name -> state.destination(name).stream())
                .flatMap(destination -> destination.spec().everywhere().limit(1))
                .flatMap(host -> Stream.concat(Stream.of(host), host.wider().stream()))
                .flatMap(pattern -> wildcards.getOrDefault(pattern, List.of()).stream())
                .map(name -> Target.of(name, List.of()));
    }

    private static Map<HostPattern, List<ResourceName>> wildcards(List<Resource<?>> destinations) {
        Map<HostPattern, List<ResourceName>> wildcards = new HashMap<>();
        for (Resource<?> resource : destinations) {
            if (resource.spec() instanceof Destination destination) {
                destination
                        .everywhere()
                        .filter(HostPattern::isWildcard)
                        .forEach(wildcard -> wildcards
                                .computeIfAbsent(wildcard, ignored -> new ArrayList<>())
                                .add(resource.name()));
            }
        }
        return wildcards;
    }

    private static Map<Words, List<Resource<EgressRule>>> byWords(List<Resource<?>> rules) {
        Map<Words, List<Resource<EgressRule>>> byWords = new HashMap<>();
        for (Resource<EgressRule> rule : DesiredState.of(Revision.NONE, rules).rules()) {
            rule.spec().to().stream()
                    .flatMap(target -> rule.spec().from().stream()
                            .map(source -> Words.of(withoutPorts(target), source.workloads())))
                    .distinct()
                    .forEach(words -> byWords.computeIfAbsent(words, ignored -> new ArrayList<>())
                            .add(rule));
        }
        return byWords;
    }

    private static Target withoutPorts(Target target) {
        return new Target(target.destination(), target.selector(), List.of());
    }

    /**
     * A destination and a sort of sources.
     *
     * @param hash of the rest, which is asked for in many tables
     */
    private record Words(Target target, List<LabelSelector> workloads, int hash) {
        static Words of(Target target, List<LabelSelector> workloads) {
            return new Words(target, workloads, 31 * target.hashCode() + workloads.hashCode());
        }

        @Override
        public int hashCode() {
            return hash;
        }
    }
}
