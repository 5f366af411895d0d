package io.sallyport.identity.oidc;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** What tokens must say so that roles can be bound at all. */
@ConfigMapping(prefix = "sallyport.access")
public interface AccessSettings {
    /**
     * The group whose members are administrators of all, whatever role bindings say: they write the first ones, and no
     * binding locks them out.
     */
    @WithDefault("sallyport-administrators")
    String administratorsGroup();

    /**
     * A claim that the issuer puts into tokens of service accounts alone. Without it, a token is a service account's
     * where its subject is its client id (RFC 9068, section 5).
     */
    Optional<String> serviceAccountClaim();
}
