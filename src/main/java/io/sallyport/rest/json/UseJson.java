package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.usecase.ListUses;

/** A use of a resource, in JSON. */
public final class UseJson {
    private UseJson() {}

    public static ObjectNode write(ListUses.Used use) {
        return HistoryJson.reference(use.by()).put("pointer", use.pointer()).put("how", Choices.capitalized(use.how()));
    }
}
