package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Name;
import io.sallyport.domain.destination.Subset;
import io.sallyport.rest.json.Violations.Reason;
import java.util.Optional;
import java.util.SortedMap;

/** A subset of a destination's endpoints in JSON. */
final class SubsetJson {
    private SubsetJson() {}

    static Optional<Subset> read(Place place) {
        Fields fields = place.fields("name", "labels");
        Optional<Name> name = fields.required("name", item -> item.parsed(Name::new));
        SortedMap<String, String> labels = LabelsJson.read(fields, "labels");
        fields.needed("labels", "A subset is some endpoints by their labels.");
        if (fields.isThere("labels") && place.value().path("labels").isEmpty()) {
            place.child("labels").report(Reason.MISSING_FIELD, "At least one label is needed in 'labels'.");
        }
        return fields.build(() -> new Subset(name.orElseThrow(), labels));
    }

    static ObjectNode write(Subset subset) {
        ObjectNode result = Tree.object().put("name", subset.name().value());
        Tree.strings(result, "labels", subset.labels());
        return result;
    }
}
