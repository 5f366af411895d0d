package io.sallyport.usecase;

import io.sallyport.domain.Revision;
import io.sallyport.identity.Caller;
import io.sallyport.usecase.Effect.Outcome;
import java.time.Instant;
import java.util.List;

/** Creates or replaces one resource. */
public final class PutResource {
    private final ApplyDocuments applyDocuments;
    private final Observe observe;
    private final WriteClock phases;

    public PutResource(ApplyDocuments applyDocuments, Observe observe, WriteClock phases) {
        this.applyDocuments = applyDocuments;
        this.observe = observe;
        this.phases = phases;
    }

    public Result put(Caller caller, String message, Draft draft, Precondition precondition, WriteTerms terms) {
        Written written = applyDocuments.apply(
                caller,
                message,
                WriteOrder.of(List.of(new Intent.Put(draft, precondition))).under(terms));
        // Of the state that was written, and not of this replica's, which may be behind it.
        ResourceView view = phases.timed(WriteClock.Phase.ANSWER, () -> view(written, draft));
        return new Result(
                written.revision(),
                written.confirmBy(),
                written.effects().getFirst().outcome(),
                view.withWarnings(written.warnings()));
    }

    private ResourceView view(Written written, Draft draft) {
        return written.state().find(draft.key()).stream()
                .flatMap(stored -> observe.views(written.access(), written.state(), List.of(stored)).stream())
                .findFirst()
                .orElseThrow();
    }

    /**
     * What a put did.
     *
     * @param revision the one that was made, or the newest where nothing changed
     * @param confirmBy when it is taken back unless somebody confirms it; at most one
     */
    public record Result(Revision revision, List<Instant> confirmBy, Outcome outcome, ResourceView view) {}
}
