package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.security.Authentication;
import io.sallyport.domain.security.JwtProvider;
import java.util.List;
import java.util.Optional;

/** How sources prove who they are, in JSON. */
final class AuthenticationJson {
    private AuthenticationJson() {}

    static Optional<Authentication> read(Place place) {
        Fields fields = place.fields("jwt");
        List<JwtProvider> jwt = fields.requiredList("jwt", JwtProviderJson::read);
        fields.refuseRepeats("jwt", jwt, JwtProvider::issuer);
        return fields.build(() -> Authentication.byTokens(jwt));
    }

    static ObjectNode write(Authentication authentication) {
        ObjectNode result = Tree.object();
        Tree.list(result, "jwt", authentication.jwt(), JwtProviderJson::write);
        return result;
    }
}
