package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.decision.Reply;

/** What a source gets to see, in JSON. */
final class ReplyJson {
    private static final int OPENED = 200;

    private ReplyJson() {}

    static ObjectNode write(Reply reply) {
        return switch (reply) {
            case Reply.OfDestination destination -> Tree.object().put("from", "Destination");
            case Reply.Status status -> {
                ObjectNode result = Tree.object().put("from", "Gateway").put("status", status.status());
                yield status.code().isEmpty() ? result : result.put("code", status.code());
            }
            case Reply.OpenedThenClosed cut ->
                Tree.object().put("from", "Gateway").put("status", OPENED).put("closed", true);
            case Reply.Closed closed -> Tree.object().put("from", "Gateway").put("closed", true);
        };
    }
}
