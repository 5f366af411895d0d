package io.sallyport.usecase;

import io.sallyport.domain.Revision;
import io.sallyport.identity.Caller;
import io.sallyport.usecase.Effect.Outcome;
import java.util.List;

/** Creates or replaces one resource. */
public final class PutResource {
    private final ApplyDocuments applyDocuments;
    private final Observe observe;

    public PutResource(ApplyDocuments applyDocuments, Observe observe) {
        this.applyDocuments = applyDocuments;
        this.observe = observe;
    }

    public Result put(Caller caller, String message, Draft draft, Precondition precondition) {
        Written written = applyDocuments.apply(caller, message, List.of(new Intent.Put(draft, precondition)));
        // Of the state that was written, and not of this replica's, which may be behind it.
        ResourceView view = written.state().find(draft.key()).stream()
                .flatMap(stored -> observe.views(written.access(), written.state(), List.of(stored)).stream())
                .findFirst()
                .orElseThrow();
        return new Result(
                written.revision(), written.effects().getFirst().outcome(), view.withWarnings(written.warnings()));
    }

    /**
     * What a put did.
     *
     * @param revision the one that was made, or the newest where nothing changed
     */
    public record Result(Revision revision, Outcome outcome, ResourceView view) {}
}
