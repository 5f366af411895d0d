package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.gateway.ListenerTls;
import io.sallyport.domain.gateway.ListenerTls.Mode;
import java.util.Optional;
import java.util.SequencedMap;

/** How a listener ends TLS, in JSON. */
final class ListenerTlsJson {
    private static final SequencedMap<String, Mode> MODES = Choices.of(Mode.values(), Choices::capitalized);

    private ListenerTlsJson() {}

    static Optional<ListenerTls> read(Place place, Name own) {
        Fields fields = place.fields("mode", "credentialRef", "clientCaRef");
        Optional<Mode> mode = fields.defaulted("mode", Mode.TERMINATE, item -> item.oneOf(MODES));
        Optional<ResourceName> credential = fields.required("credentialRef", item -> ReferenceJson.read(item, own));
        Optional<ResourceName> clientCa = fields.optional("clientCaRef", item -> ReferenceJson.read(item, own));
        mode.ifPresent(known -> {
            switch (known) {
                case MUTUAL ->
                    fields.needed("clientCaRef", "Mode Mutual needs a CaBundle that signs clients' certificates.");
                case TERMINATE ->
                    fields.refused(
                            "clientCaRef",
                            "Clients show certificates in mode Mutual alone: use it, or leave this out.");
            }
        });
        return fields.build(() -> new ListenerTls(
                mode.orElseThrow(), credential.orElseThrow(), clientCa.stream().toList()));
    }

    static ObjectNode write(ListenerTls tls) {
        ObjectNode result = Tree.object().put("mode", Choices.capitalized(tls.mode()));
        result.set("credentialRef", ReferenceJson.write(tls.credential()));
        tls.clientCa().forEach(name -> result.set("clientCaRef", ReferenceJson.write(name)));
        return result;
    }
}
