package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.security.RequestLimits;
import java.util.Optional;

/** How large a request may be, in JSON. */
final class RequestLimitsJson {
    private RequestLimitsJson() {}

    static Optional<RequestLimits> read(Place place) {
        Fields fields = place.fields("maxBodyBytes", "maxHeadersKb");
        Optional<Integer> body =
                fields.optional("maxBodyBytes", item -> item.integer(1, (int) RequestLimits.MOST_BYTES));
        Optional<Integer> headers =
                fields.optional("maxHeadersKb", item -> item.integer(1, RequestLimits.MOST_HEADERS_KB));
        if (!fields.isThere("maxBodyBytes")) {
            fields.needed("maxHeadersKb", "Say 'maxBodyBytes', 'maxHeadersKb', or both.");
        }
        return fields.build(() -> new RequestLimits(body.orElse(0), headers.orElse(0)));
    }

    static ObjectNode write(RequestLimits limits) {
        ObjectNode result = Tree.object();
        limits.body().ifPresent(bytes -> result.put("maxBodyBytes", bytes));
        limits.headers().ifPresent(size -> result.put("maxHeadersKb", size));
        return result;
    }
}
