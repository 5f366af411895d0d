package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.route.HeaderEdits;
import io.sallyport.domain.route.HeaderEdits.Header;
import io.sallyport.rest.json.Violations.Reason;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** What is done to headers, in JSON (Gateway API, HTTPHeaderFilter). */
final class HeaderEditsJson {
    private static final List<String> LISTS = List.of("set", "add", "remove");
    private static final int MOST_ENTRIES = 16;

    private HeaderEditsJson() {}

    static Optional<HeaderEdits> read(Place place) {
        Fields fields = place.fields("set", "add", "remove");
        List<Header> set = fields.list("set", HeaderEditsJson::readHeader);
        List<Header> add = fields.list("add", HeaderEditsJson::readHeader);
        List<String> remove = fields.list("remove", HeaderJson::changeableName);
        fields.refuseRepeats("set", set, Header::name);
        fields.refuseRepeats("add", add, Header::name);
        fields.refuseRepeats("remove", remove, Function.identity());
        LISTS.forEach(list -> fields.refuseMoreThan(MOST_ENTRIES, list));
        if (LISTS.stream().noneMatch(fields::isThere)) {
            fields.needed("set", "Something is to be done here: 'set', 'add' or 'remove'.");
        }
        refuseTwice(fields, set, add, remove);
        return fields.build(() -> new HeaderEdits(set, add, remove));
    }

    // What would come of two of them depends on their order, which nobody reads from the document.
    private static void refuseTwice(Fields fields, List<Header> set, List<Header> add, List<String> remove) {
        Set<String> seen = new HashSet<>();
        set.forEach(header -> seen.add(header.name()));
        for (Header header : add) {
            if (!seen.add(header.name())) {
                twice(fields.place().child("add"), header.name());
            }
        }
        for (String name : remove) {
            if (seen.contains(name)) {
                twice(fields.place().child("remove"), name);
            }
        }
    }

    private static void twice(Place place, String name) {
        place.report(Reason.CONTRADICTION, "'%s' is changed in two ways; do one thing to a header.".formatted(name));
    }

    private static Optional<Header> readHeader(Place place) {
        Fields fields = place.fields("name", "value");
        Optional<String> name = fields.required("name", HeaderJson::changeableName);
        Optional<String> value = fields.required("value", HeaderJson::value);
        return fields.build(() -> new Header(name.orElseThrow(), value.orElseThrow()));
    }

    static ObjectNode write(HeaderEdits edits) {
        ObjectNode result = Tree.object();
        Tree.list(result, "set", edits.set(), HeaderEditsJson::write);
        Tree.list(result, "add", edits.add(), HeaderEditsJson::write);
        Tree.texts(result, "remove", edits.remove());
        return result;
    }

    private static ObjectNode write(Header header) {
        return Tree.object().put("name", header.name()).put("value", header.value());
    }
}
