package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Name;
import io.sallyport.domain.security.Authentication;
import io.sallyport.domain.security.JwtProvider;
import java.util.List;
import java.util.Optional;

/** How sources prove who they are, in JSON. */
final class AuthenticationJson {
    private AuthenticationJson() {}

    /** References without a namespace are to the policy's own. */
    static Optional<Authentication> read(Place place, Name own) {
        Fields fields = place.fields("jwt", "required", "clientCertificate");
        List<JwtProvider> jwt = fields.list("jwt", item -> JwtProviderJson.read(item, own));
        Optional<Boolean> required = fields.defaulted("required", false, Place::truth);
        Optional<Boolean> certificate =
                fields.defaulted("clientCertificate", false, AuthenticationJson::readCertificate);
        fields.refuseEmpty("jwt");
        fields.refuseRepeats("jwt", jwt, JwtProvider::issuer);
        if (!fields.isThere("clientCertificate")) {
            fields.needed("jwt", "Say whose tokens are taken, in 'jwt', or ask for a 'clientCertificate'.");
        }
        if (!fields.isThere("jwt") && required.orElse(false)) {
            fields.refused("required", "A token can be required where 'jwt' says whose.");
        }
        return fields.build(() -> new Authentication(jwt, required.orElseThrow(), certificate.orElseThrow()));
    }

    private static Optional<Boolean> readCertificate(Place place) {
        Fields fields = place.fields("required");
        return fields.required("required", Place::truth);
    }

    static ObjectNode write(Authentication authentication) {
        ObjectNode result = Tree.object();
        if (!authentication.jwt().isEmpty()) {
            Tree.list(result, "jwt", authentication.jwt(), JwtProviderJson::write);
            result.put("required", authentication.tokenRequired());
        }
        if (authentication.certificateRequired()) {
            result.putObject("clientCertificate").put("required", true);
        }
        return result;
    }
}
