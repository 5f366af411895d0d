package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.change.Confirmation;

/** A revision that waits for somebody's word, in JSON. */
public final class ConfirmationJson {
    private ConfirmationJson() {}

    public static ObjectNode write(Confirmation confirmation) {
        ObjectNode result = Tree.object()
                .put("revision", confirmation.revision().number())
                .put("state", Choices.capitalized(confirmation.state()))
                .put("confirmBy", confirmation.until().toString())
                .put("author", confirmation.author());
        confirmation
                .settled()
                .forEach(stamp -> result.put("settledAt", stamp.at().toString()).put("settledBy", stamp.by()));
        confirmation.revertedIn().forEach(in -> result.put("revertedIn", in.number()));
        return confirmation.note().isEmpty() ? result : result.put("note", confirmation.note());
    }
}
