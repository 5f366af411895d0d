package io.sallyport.identity.oidc;

import io.quarkus.security.identity.SecurityIdentity;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.identity.Caller;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Instant;
import java.util.Optional;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who calls, by a token that was verified. */
@Singleton
public final class OidcCallers {
    private static final String USER_NAME = "preferred_username";
    private static final int LONGEST_NAME = 255;

    private final AccessSettings settings;

    @Inject
    OidcCallers(AccessSettings settings) {
        this.settings = settings;
    }

    public Caller of(SecurityIdentity identity) {
        if (identity.isAnonymous() || !(identity.getPrincipal() instanceof JsonWebToken token)) {
            throw new FailureException(new Failure.Unauthenticated("Send a token as Authorization: Bearer TOKEN."));
        }
        TokenSubjects subjects = new TokenSubjects(token);
        return new Caller(
                name(subjects),
                subjects.id(),
                subjects.with(identity.getRoles(), settings.serviceAccountClaim()),
                identity.getRoles().contains(settings.administratorsGroup()));
    }

    /** When the token ends; never where it does not say. */
    public Optional<Instant> expiry(SecurityIdentity identity) {
        return identity.getPrincipal() instanceof JsonWebToken token && token.getExpirationTime() > 0
                ? Optional.of(Instant.ofEpochSecond(token.getExpirationTime()))
                : Optional.empty();
    }

    private static String name(TokenSubjects subjects) {
        String name = Optional.<Object>ofNullable(subjects.token().getClaim(USER_NAME))
                .map(String::valueOf)
                .or(subjects::subject)
                .or(subjects::clientId)
                .orElse("");
        return name.length() > LONGEST_NAME ? name.substring(0, LONGEST_NAME) : name;
    }
}
