package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.security.TlsOrigination;
import java.util.Optional;

/** How a gateway speaks TLS to a destination, in JSON. */
final class TlsOriginationJson {
    private TlsOriginationJson() {}

    /** References without a namespace are to the policy's own. */
    static Optional<TlsOrigination> read(Place place, Name own) {
        Fields fields = place.fields("caRef");
        Optional<ResourceName> caBundle = fields.required("caRef", item -> ReferenceJson.read(item, own));
        return fields.build(() -> TlsOrigination.trusting(caBundle.orElseThrow()));
    }

    static ObjectNode write(TlsOrigination tls) {
        ObjectNode result = Tree.object();
        tls.caBundle().forEach(name -> result.set("caRef", ReferenceJson.write(name)));
        return result;
    }
}
