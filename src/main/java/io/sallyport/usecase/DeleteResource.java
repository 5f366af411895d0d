package io.sallyport.usecase;

import io.sallyport.domain.ResourceKey;
import io.sallyport.identity.Caller;
import java.util.List;

/** Takes one resource away; refused while another refers to it. */
public final class DeleteResource {
    private final ApplyDocuments applyDocuments;

    public DeleteResource(ApplyDocuments applyDocuments) {
        this.applyDocuments = applyDocuments;
    }

    public Written delete(Caller caller, String message, ResourceKey key, Precondition precondition, WriteTerms terms) {
        return applyDocuments.apply(
                caller,
                message,
                WriteOrder.of(List.of(new Intent.Remove(key, precondition))).under(terms));
    }
}
