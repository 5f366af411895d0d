package io.sallyport.compiler.guardrail;

import io.sallyport.compiler.guardrail.Trial.Sorts;
import io.sallyport.compiler.guardrail.Trial.Tried;
import io.sallyport.domain.Guardrail;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.HostPattern;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
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
            case ALWAYS -> always(guardrail);
        };
    }

    private boolean isKnown(Guardrail guardrail, Flow flow) {
        return earlier.stream().anyMatch(before -> before.isBreach(guardrail, flow));
    }

    /** Whether a flow does what it must not in this state. */
    private boolean isBreach(Guardrail guardrail, Flow flow) {
        return switch (guardrail.assertion()) {
            case NEVER ->
                new Trial(model, guardrail, now, Judged::generously).again(flow).anyMatch(Tried::passes);
            case ALWAYS -> {
                Trial trial = new Trial(model, guardrail, now, Judged::strictly);
                yield trial.again(flow).anyMatch(tried -> !tried.passes())
                        && trial.passages(Concerned.ALL).stream().noneMatch(other -> trial.passesAlso(other, flow));
            }
        };
    }

    private Optional<Breach> never(Guardrail guardrail, Concerned concerned) {
        Trial trial = new Trial(model, guardrail, now, Judged::generously);
        return trial.passages(concerned).stream()
                .filter(Passage::isOpen)
                .flatMap(passage -> letThrough(guardrail, trial, passage))
                .findFirst();
    }

    private Optional<Breach> always(Guardrail guardrail) {
        Trial trial = new Trial(model, guardrail, now, Judged::strictly);
        List<Passage> passages = trial.passages(Concerned.ALL);
        Optional<Breach> unknown = unknownHost(guardrail, passages)
                .filter(breach -> earlier.stream().noneMatch(before -> before.isHostUnknown(guardrail)));
        if (unknown.isPresent()) {
            return unknown;
        }
        List<Breach> found = passages.stream()
                .flatMap(passage -> refused(guardrail, trial, passages, passage).limit(1))
                .toList();
        // What is refused where it passed before says more than what is refused where it never did.
        return found.stream()
                .filter(breach -> breach.flow().stream().anyMatch(flow -> passedBefore(guardrail, flow)))
                .findFirst()
                .or(() -> found.stream().findFirst());
    }

    private Stream<Breach> letThrough(Guardrail guardrail, Trial trial, Passage passage) {
        Sorts sorts = trial.sorts(passage);
        return sorts.areTooMany()
                ? Stream.of(undecided(passage))
                : trial.tried(passage, sorts)
                        .filter(Tried::passes)
                        .filter(tried -> !isKnown(guardrail, tried.flow()))
                        .map(tried -> breach(tried, "is let through"));
    }

    private Stream<Breach> refused(Guardrail guardrail, Trial trial, List<Passage> passages, Passage passage) {
        Sorts sorts = trial.sorts(passage);
        return sorts.areTooMany()
                ? Stream.of(undecided(passage))
                : trial.tried(passage, sorts)
                        .filter(tried -> !tried.passes())
                        .filter(tried -> passages.stream().noneMatch(other -> trial.passesAlso(other, tried.flow())))
                        .filter(tried -> !isKnown(guardrail, tried.flow()))
                        .map(tried -> breach(tried, "is refused"));
    }

    private boolean passedBefore(Guardrail guardrail, Flow flow) {
        return earlier.stream()
                .map(before -> new Trial(before.model, guardrail, now, Judged::strictly))
                .anyMatch(trial -> trial.again(flow).anyMatch(Tried::passes));
    }

    private boolean isHostUnknown(Guardrail guardrail) {
        Trial trial = new Trial(model, guardrail, now, Judged::strictly);
        return unknownHost(guardrail, trial.passages(Concerned.ALL)).isPresent();
    }

    private Optional<Breach> unknownHost(Guardrail guardrail, List<Passage> passages) {
        return model.meaning(guardrail.flows()).to().stream()
                .filter(leading -> passages.stream().noneMatch(passage -> leads(passage, leading)))
                .findFirst()
                .map(leading -> new Breach(
                        true, List.of(), List.of(), "no listener of any gateway knows %s".formatted(words(leading))));
    }

    private static boolean leads(Passage passage, Meaning.Leading leading) {
        HostPattern host = passage.entry().host();
        return leading.mayMean(
                        passage.entry().destination(), host, passage.port().number())
                || passage.asksForNoHost();
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
