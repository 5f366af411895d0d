package io.sallyport.usecase;

import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Metadata.Stamp;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import io.sallyport.domain.RevisionRecord;
import io.sallyport.domain.change.Confirmation;
import io.sallyport.identity.Caller;
import io.sallyport.store.PolicyStore;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Takes a revision back that nobody confirmed, but for what would allow again what is refused now, and for what somebody
 * wrote since.
 */
final class TakeBack {
    static final Caller SYSTEM = Caller.system(RecordCrossings.AUTHOR);
    // Every attempt compiles what it touches, so a revision of very many resources is taken back as a whole or not.
    private static final int MOST_ATTEMPTS = 60;
    private static final int MOST_NAMED = 10;

    private final ApplyDocuments applyDocuments;
    private final PolicyStore store;

    TakeBack(ApplyDocuments applyDocuments, PolicyStore store) {
        this.applyDocuments = applyDocuments;
        this.store = store;
    }

    void of(Confirmation due, Instant now) {
        RevisionRecord record = store.revision(due.revision()).orElseThrow();
        DesiredState before =
                store.loadAt(new Revision(due.revision().number() - 1)).orElseThrow();
        Undo undo = Undo.of(record, before, applyDocuments.head(), caution(due));
        SortedMap<ResourceKey, String> left = new TreeMap<>(undo.left());
        List<Intent> intents = possible(due, undo.intents(), left);
        String note = note(left);
        WriteOrder order = order(due, intents, note);
        if (intents.isEmpty()
                || applyDocuments.judge(SYSTEM, order).plan().changes().isEmpty()) {
            settle(due, now, note);
            return;
        }
        Written ignored = applyDocuments.apply(
                SYSTEM,
                plan -> "Revision %s of %s was not %s by %s and is taken back.%s"
                        .formatted(
                                due.revision(),
                                due.author(),
                                due.emergency().isEmpty() ? "confirmed" : "approved",
                                due.until(),
                                note.isEmpty() ? "" : " " + note),
                order);
    }

    private static Undo.Caution caution(Confirmation due) {
        return due.emergency().isEmpty() ? Undo.Caution.BY_DOCUMENT : Undo.Caution.BY_EFFECT;
    }

    private static WriteOrder order(Confirmation due, List<Intent> intents, String left) {
        return WriteOrder.of(intents).under(WriteTerms.takingBack(due.revision(), left));
    }

    private void settle(Confirmation due, Instant now, String note) {
        Stamp stamp = new Stamp(now.truncatedTo(ChronoUnit.MICROS), SYSTEM.name());
        boolean ignored = store.write(transaction -> {
            boolean isDue = transaction.confirmation(due.revision()).stream().anyMatch(Confirmation::isPending);
            if (isDue) {
                transaction.put(due.reverted(stamp, List.of(), note));
            }
            return isDue;
        });
    }

    // All together if that can be; else one after the other, again and again, since one may wait for another.
    private List<Intent> possible(Confirmation due, List<Intent> all, SortedMap<ResourceKey, String> left) {
        if (all.isEmpty() || refusal(due, all).isEmpty()) {
            return all;
        }
        List<Intent> taken = new ArrayList<>();
        List<Intent> open = new ArrayList<>(all);
        int attempts = 0;
        boolean moves = true;
        while (moves && !open.isEmpty() && attempts < MOST_ATTEMPTS) {
            moves = false;
            for (Intent intent : List.copyOf(open)) {
                if (attempts++ >= MOST_ATTEMPTS) {
                    break;
                }
                List<Intent> tried = new ArrayList<>(taken);
                tried.add(intent);
                String refusal = refusal(due, tried);
                left.put(intent.key(), refusal);
                if (refusal.isEmpty()) {
                    taken.add(intent);
                    open.remove(intent);
                    left.remove(intent.key());
                    moves = true;
                }
            }
        }
        open.forEach(intent -> left.putIfAbsent(intent.key(), "there is too much to look at"));
        return taken;
    }

    private String refusal(Confirmation due, List<Intent> intents) {
        try {
            Judged ignored = applyDocuments.judge(SYSTEM, order(due, intents, ""));
            return "";
        } catch (FailureException refused) {
            return switch (refused.failure()) {
                case Failure.Conflict(String detail) -> detail;
                case Failure.Stale(String detail) -> detail;
                case Failure.NotFound(String detail) -> detail;
                case Failure.Unapproved unapproved -> unapproved.detail();
                case Failure.Invalid invalid -> invalid.violations().getFirst().message();
                case Failure other -> throw refused;
            };
        }
    }

    private static String note(SortedMap<ResourceKey, String> left) {
        if (left.isEmpty()) {
            return "";
        }
        String named = left.entrySet().stream()
                .limit(MOST_NAMED)
                .map(entry -> "%s (%s)".formatted(entry.getKey(), entry.getValue()))
                .collect(Collectors.joining("; "));
        return "Left as it is: "
                + (left.size() > MOST_NAMED ? named + " and %d more".formatted(left.size() - MOST_NAMED) : named)
                + ".";
    }
}
