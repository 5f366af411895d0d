package io.sallyport.rest.problem;

import com.fasterxml.jackson.databind.node.ObjectNode;

/** The document of a problem, before it is known of which request it is. */
public record ProblemBody(ObjectNode document) {

    /** The document as it is sent. */
    public String of(String requestId) {
        return requestId.isEmpty()
                ? toString()
                : document.deepCopy().put("requestId", requestId).toString();
    }

    @Override
    public String toString() {
        return document.toString();
    }
}
