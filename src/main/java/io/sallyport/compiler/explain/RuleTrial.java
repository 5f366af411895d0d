package io.sallyport.compiler.explain;

import io.sallyport.domain.decision.Verdict;
import io.sallyport.domain.decision.Verdict.PassedOver;
import io.sallyport.domain.decision.Verdict.Why;
import io.sallyport.domain.rule.Validity;
import io.sallyport.domain.snapshot.CompiledRule;
import io.sallyport.domain.snapshot.PortEntry;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** The rules of a port, tried one after the other. */
final class RuleTrial {
    private final Verdict.Source source;
    private final Instant time;
    private final List<PassedOver> passedOver = new ArrayList<>();
    private final List<Verdict.Shadow> shadows = new ArrayList<>();
    private Optional<CompiledRule> winner = Optional.empty();

    private RuleTrial(Verdict.Source source, Instant time) {
        this.source = source;
        this.time = time;
    }

    static RuleTrial of(Optional<PortEntry> port, Verdict.Source source, Instant time) {
        var trial = new RuleTrial(source, time);
        port.ifPresent(entry -> {
            entry.rules().forEach(trial::tryOne);
            entry.shadows().forEach(trial::tryShadow);
        });
        return trial;
    }

    Optional<CompiledRule> winner() {
        return winner;
    }

    List<PassedOver> passedOver() {
        return passedOver;
    }

    List<Verdict.Shadow> shadows() {
        return shadows;
    }

    private void tryOne(CompiledRule rule) {
        Optional<Why> mismatch = mismatch(rule);
        if (mismatch.isEmpty() && winner.isEmpty()) {
            winner = Optional.of(rule);
            return;
        }
        passOver(rule, mismatch.orElse(Why.LATER));
    }

    private void tryShadow(CompiledRule rule) {
        if (mismatch(rule).isEmpty()) {
            shadows.add(new Verdict.Shadow(rule.name(), rule.action()));
        }
        passOver(rule, Why.SHADOW);
    }

    private void passOver(CompiledRule rule, Why why) {
        passedOver.add(new PassedOver(rule.name(), rule.action(), why));
    }

    private Optional<Why> mismatch(CompiledRule rule) {
        if (Collections.disjoint(rule.sources(), source.classes())) {
            return Optional.of(Why.SOURCE);
        }
        Validity validity = rule.validity();
        if (validity.holdsAt(time)) {
            return Optional.empty();
        }
        return Optional.of(
                validity.hasStart() && time.isBefore(validity.notBefore()) ? Why.NOT_YET_VALID : Why.EXPIRED);
    }
}
