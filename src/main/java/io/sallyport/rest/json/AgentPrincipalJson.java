package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.gateway.AgentPrincipal;
import io.sallyport.domain.gateway.AgentPrincipal.Spiffe;
import io.sallyport.domain.gateway.AgentSelector.ClientId;
import io.sallyport.domain.network.SpiffeId;
import io.sallyport.rest.json.Violations.Reason;
import java.util.Optional;

/** What an agent proves to be, in JSON: either a client or a SPIFFE ID. */
final class AgentPrincipalJson {
    private AgentPrincipalJson() {}

    static Optional<AgentPrincipal> read(Place place) {
        Fields fields = place.fields("clientId", "spiffeId");
        Optional<AgentPrincipal> client = fields.optional("clientId", item -> item.parsed(ClientId::new));
        Optional<AgentPrincipal> spiffe =
                fields.optional("spiffeId", item -> item.parsed(text -> new Spiffe(new SpiffeId(text))));
        if (fields.isThere("clientId") == fields.isThere("spiffeId")) {
            place.report(
                    fields.isThere("clientId") ? Reason.CONTRADICTION : Reason.MISSING_FIELD,
                    "An identity is either a clientId (of a token) or a spiffeId (of a certificate); for both write two.");
        }
        return fields.build(() -> client.or(() -> spiffe).orElseThrow());
    }

    static ObjectNode write(AgentPrincipal principal) {
        return switch (principal) {
            case ClientId client -> Tree.object().put("clientId", client.value());
            case Spiffe spiffe -> Tree.object().put("spiffeId", spiffe.value());
        };
    }
}
