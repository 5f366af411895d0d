package io.sallyport.usecase;

import io.sallyport.identity.Caller;
import java.util.List;

/** Creates or replaces one resource. */
public final class PutResource {
    private final ApplyDocuments applyDocuments;

    public PutResource(ApplyDocuments applyDocuments) {
        this.applyDocuments = applyDocuments;
    }

    public Written put(Caller caller, String message, Draft draft, Precondition precondition) {
        return applyDocuments.apply(caller, message, List.of(new Intent.Put(draft, precondition)));
    }
}
