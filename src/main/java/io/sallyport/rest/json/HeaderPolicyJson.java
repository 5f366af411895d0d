package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.security.HeaderPolicy;
import io.sallyport.domain.security.HeaderPolicy.Edit;
import io.sallyport.rest.json.Violations.Reason;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;

/** What is taken from and given to requests and responses, in JSON. */
final class HeaderPolicyJson {
    private HeaderPolicyJson() {}

    static Optional<HeaderPolicy> read(Place place) {
        Fields fields = place.fields("request", "response");
        Optional<Edit> request = fields.defaulted("request", Edit.NONE, HeaderPolicyJson::readEdit);
        Optional<Edit> response = fields.defaulted("response", Edit.NONE, HeaderPolicyJson::readEdit);
        if (!fields.isThere("request")) {
            fields.needed("response", "Headers are changed on the 'request', on the 'response', or on both.");
        }
        return fields.build(() -> new HeaderPolicy(request.orElseThrow(), response.orElseThrow()));
    }

    private static Optional<Edit> readEdit(Place place) {
        Fields fields = place.fields("strip", "set");
        List<String> strip = fields.list("strip", HeaderJson::changeableName);
        Map<String, String> set = fields.<Map<String, String>>optional(
                        "set", item -> Optional.of(HeaderJson.values(item)))
                .orElseGet(Map::of);
        fields.refuseRepeats("strip", strip, Function.identity());
        if (!fields.isThere("strip")) {
            fields.needed("set", "Say which headers to 'strip' or to 'set'.");
        }
        strip.stream()
                .filter(set::containsKey)
                .forEach(name -> fields.place()
                        .child("set")
                        .report(Reason.CONTRADICTION, "'%s' is stripped too; to set is to replace.".formatted(name)));
        return fields.build(() -> new Edit(strip, new TreeMap<>(set)));
    }

    static ObjectNode write(HeaderPolicy headers) {
        ObjectNode result = Tree.object();
        write(result, "request", headers.request());
        write(result, "response", headers.response());
        return result;
    }

    private static void write(ObjectNode result, String name, Edit edit) {
        if (!edit.equals(Edit.NONE)) {
            ObjectNode written = result.putObject(name);
            Tree.texts(written, "strip", edit.strip());
            Tree.strings(written, "set", edit.set());
        }
    }
}
