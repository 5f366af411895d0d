package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.gateway.UpstreamProxy;
import io.sallyport.domain.network.PortNumber;
import java.util.Optional;

/** A corporate forward proxy in JSON. */
final class UpstreamProxyJson {
    private UpstreamProxyJson() {}

    static Optional<UpstreamProxy> read(Place place, Name own) {
        Fields fields = place.fields("address", "port", "credentialRef");
        Optional<String> address = fields.required("address", item -> item.parsed(AddressText::hostOrAddress));
        Optional<PortNumber> port = fields.required("port", PortJson::read);
        Optional<ResourceName> credential = fields.optional("credentialRef", item -> ReferenceJson.read(item, own));
        return fields.build(() -> new UpstreamProxy(
                address.orElseThrow(), port.orElseThrow(), credential.stream().toList()));
    }

    static ObjectNode write(UpstreamProxy proxy) {
        ObjectNode result = Tree.object()
                .put("address", proxy.address())
                .put("port", proxy.port().value());
        proxy.credential().forEach(name -> result.set("credentialRef", ReferenceJson.write(name)));
        return result;
    }
}
