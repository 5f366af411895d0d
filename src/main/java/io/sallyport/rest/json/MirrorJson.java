package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Name;
import io.sallyport.domain.route.BackendTarget;
import io.sallyport.domain.route.Percentage;
import io.sallyport.domain.route.RouteFilter.Mirror;
import java.util.Optional;

/** Who gets copies, in JSON (Gateway API, HTTPRequestMirrorFilter). */
final class MirrorJson {
    private MirrorJson() {}

    static Optional<Mirror> read(Place place, Name own) {
        Fields fields = place.fields("destinationRef", "subset", "port", "percent");
        Optional<BackendTarget> target = RouteBackendJson.readTarget(fields, own);
        Optional<Percentage> percent = fields.defaulted("percent", Percentage.ALL, PercentageJson::read);
        return fields.build(() -> new Mirror(target.orElseThrow(), percent.orElseThrow()));
    }

    static ObjectNode write(Mirror mirror) {
        ObjectNode result = RouteBackendJson.write(mirror.target());
        return result.put("percent", PercentageJson.write(mirror.percent()));
    }
}
