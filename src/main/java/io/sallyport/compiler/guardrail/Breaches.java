package io.sallyport.compiler.guardrail;

import io.sallyport.compiler.guardrail.Trial.Sorts;
import io.sallyport.compiler.guardrail.Trial.Tried;
import io.sallyport.domain.Guardrail;
import io.sallyport.domain.ResourceName;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Looks for a flow by which a guardrail does not hold.
 *
 * @param earlier what is known already, and not to be told again; at most one
 */
record Breaches(Model model, List<Breaches> earlier, Instant now) {

    Optional<Breach> of(Guardrail guardrail, Concerned concerned) {
        return switch (guardrail.assertion()) {
            case NEVER -> never(guardrail, concerned);
            case ALWAYS -> always(guardrail, concerned);
        };
    }

    private Trial trial(Guardrail guardrail) {
        return new Trial(
                model,
                guardrail,
                now,
                switch (guardrail.assertion()) {
                    case NEVER -> Judged::generously;
                    case ALWAYS -> Judged::strictly;
                });
    }

    private boolean isKnown(Guardrail guardrail, Flow flow) {
        return earlier.stream().anyMatch(before -> before.isBreach(guardrail, flow));
    }

    /** Whether a flow does what it must not in this state. */
    private boolean isBreach(Guardrail guardrail, Flow flow) {
        Trial trial = trial(guardrail);
        return switch (guardrail.assertion()) {
            case NEVER -> trial.again(flow).anyMatch(Tried::passes);
            case ALWAYS ->
                trial.again(flow).anyMatch(tried -> !tried.passes())
                        && trial.places(Concerned.ALL)
                                .filter(place -> place.target().equals(flow.target()))
                                .noneMatch(place -> trial.passesAlso(trial.passage(place), flow));
        };
    }

    private Optional<Breach> never(Guardrail guardrail, Concerned concerned) {
        Trial trial = trial(guardrail);
        return trial.places(concerned)
                .filter(place -> place.isOpenTo(trial.flows()))
                .flatMap(place -> letThrough(guardrail, trial, trial.passage(place)))
                .findFirst();
    }

    private Stream<Breach> letThrough(Guardrail guardrail, Trial trial, Passage passage) {
        Sorts sorts = trial.sorts(passage, List.of());
        if (sorts.areTooMany()) {
            return Stream.of(undecided(passage));
        }
        List<Tried> open =
                trial.tried(passage, sorts).filter(Tried::passes).limit(1).toList();
        return earlier.isEmpty() || open.isEmpty()
                ? open.stream().map(tried -> breach(tried, "is let through"))
                : newlyLetThrough(guardrail, trial, passage, open.getFirst().flow());
    }

    // What passed before is told apart from what did not.
    private Stream<Breach> newlyLetThrough(Guardrail guardrail, Trial trial, Passage passage, Flow flow) {
        List<Passage> before = earlier.stream()
                .flatMap(one -> one.model.place(flow).map(one.trial(guardrail)::passage).stream())
                .toList();
        Sorts sorts = trial.sorts(passage, before);
        return sorts.areTooMany()
                ? Stream.of(undecided(passage))
                : trial.tried(passage, sorts)
                        .filter(Tried::passes)
                        .filter(tried -> !isKnown(guardrail, tried.flow()))
                        .map(tried -> breach(tried, "is let through"));
    }

    private Optional<Breach> always(Guardrail guardrail, Concerned concerned) {
        Trial trial = trial(guardrail);
        List<Place> places = trial.places(Concerned.ALL).toList();
        Optional<Breach> unknown = unknownHost(trial, places)
                .filter(breach -> earlier.stream().noneMatch(before -> before.isHostUnknown(guardrail)));
        if (unknown.isPresent()) {
            return unknown;
        }
        List<Breach> found = places.stream()
                .filter(concerned.withOtherWays(model.gateways()))
                .collect(Collectors.groupingBy(Place::target, LinkedHashMap::new, Collectors.toList()))
                .values()
                .stream()
                .flatMap(ways -> refused(
                        guardrail, trial, ways.stream().map(trial::passage).toList()))
                .toList();
        // What is refused where it passed before says more than what is refused where it never did.
        return found.stream()
                .filter(breach -> breach.flow().stream().anyMatch(flow -> passedBefore(guardrail, flow)))
                .findFirst()
                .or(() -> found.stream().findFirst());
    }

    /** @param ways all that lead to one port of a destination */
    private Stream<Breach> refused(Guardrail guardrail, Trial trial, List<Passage> ways) {
        return ways.stream()
                .flatMap(passage -> refused(guardrail, trial, passage, ways).limit(1));
    }

    private Stream<Breach> refused(Guardrail guardrail, Trial trial, Passage passage, Collection<Passage> ways) {
        Sorts sorts = trial.sorts(passage, ways);
        return sorts.areTooMany()
                ? Stream.of(undecided(passage))
                : trial.tried(passage, sorts)
                        .filter(tried -> !tried.passes())
                        .filter(tried -> ways.stream().noneMatch(other -> trial.passesAlso(other, tried.flow())))
                        .filter(tried -> !isKnown(guardrail, tried.flow()))
                        .map(tried -> breach(tried, "is refused"));
    }

    private boolean passedBefore(Guardrail guardrail, Flow flow) {
        return earlier.stream()
                .anyMatch(before -> before.trial(guardrail).again(flow).anyMatch(Tried::passes));
    }

    private boolean isHostUnknown(Guardrail guardrail) {
        Trial trial = trial(guardrail);
        return unknownHost(trial, trial.places(Concerned.ALL).toList()).isPresent();
    }

    private static Optional<Breach> unknownHost(Trial trial, List<Place> places) {
        return trial.flows().to().stream()
                .filter(leading -> places.stream().noneMatch(place -> leads(place, leading)))
                .findFirst()
                .map(leading -> new Breach(
                        true, List.of(), List.of(), "no listener of any gateway knows %s".formatted(words(leading))));
    }

    private static boolean leads(Place place, Meaning.Leading leading) {
        return leading.mayMean(place, place.entry().host()) || place.asksForNoHost();
    }

    private static String words(Meaning.Leading leading) {
        if (!leading.target().hosts().isEmpty()) {
            return leading.target().hosts().getFirst() + " there";
        }
        return leading.destinations().stream()
                .map(ResourceName::toString)
                .findFirst()
                .orElse("a destination that the selector means");
    }

    private static Breach undecided(Passage passage) {
        return new Breach(
                false,
                List.of(),
                List.of(),
                "there are too many sorts of sources and times at %s of listener '%s' of gateway %s to try them all: name fewer in `from`"
                        .formatted(
                                passage.entry().host(),
                                passage.listener().listener().name(),
                                passage.snapshot().gateway()));
    }

    private static Breach breach(Tried tried, String fate) {
        List<ResourceName> rule = tried.verdict().ruling().name().startsWith("sallyport/")
                ? List.of()
                : List.of(ResourceName.parse(tried.verdict().ruling().name()));
        return new Breach(
                true,
                List.of(tried.flow()),
                rule,
                "%s %s by %s"
                        .formatted(tried.flow(), fate, tried.verdict().ruling().name()));
    }
}
