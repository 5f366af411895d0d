package io.sallyport.identity.oidc;

import io.quarkus.security.identity.SecurityIdentity;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.identity.Caller;
import io.sallyport.identity.Role;
import jakarta.inject.Singleton;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who calls, by a token that was verified. Groups that are no role of ours are ignored. */
@Singleton
public final class OidcCallers {
    private static final String USER_NAME = "preferred_username";

    public Caller of(SecurityIdentity identity) {
        if (identity.isAnonymous()) {
            throw new FailureException(new Failure.Unauthenticated("Send a token as Authorization: Bearer TOKEN."));
        }
        return new Caller(name(identity), roles(identity.getRoles()));
    }

    private static String name(SecurityIdentity identity) {
        if (identity.getPrincipal() instanceof JsonWebToken token) {
            String userName = token.getClaim(USER_NAME);
            return userName == null ? String.valueOf(token.getSubject()) : userName;
        }
        return identity.getPrincipal().getName();
    }

    private static Set<Role> roles(Set<String> groups) {
        return Arrays.stream(Role.values())
                .filter(role -> groups.contains(role.name().toLowerCase(Locale.ROOT)))
                .collect(Collectors.toUnmodifiableSet());
    }
}
