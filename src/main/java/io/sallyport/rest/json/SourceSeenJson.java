package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.decision.SourceIdentity;
import io.sallyport.domain.decision.Verdict;

/** Who a source is to a listener, in JSON. */
final class SourceSeenJson {
    private SourceSeenJson() {}

    static ObjectNode write(Verdict.Source source) {
        ObjectNode result = write(source.identity());
        Tree.texts(result, "classes", source.classes());
        return result;
    }

    private static ObjectNode write(SourceIdentity identity) {
        ObjectNode result = Tree.object();
        return switch (identity) {
            case SourceIdentity.Certificate certificate ->
                result.put("by", "Certificate").put("identity", certificate.principal());
            case SourceIdentity.Token token -> result.put("by", "Token").put("identity", token.principal());
            case SourceIdentity.Address address ->
                result.put("by", "Address").put("identity", address.address().value());
            case SourceIdentity.Nobody nobody -> result.put("by", "Nothing");
            case SourceIdentity.Ambiguous ambiguous -> {
                result.put("by", "Nothing");
                Tree.texts(result, "ambiguous", ambiguous.uriSans());
                yield result;
            }
        };
    }
}
