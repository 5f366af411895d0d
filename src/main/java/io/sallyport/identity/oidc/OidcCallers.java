package io.sallyport.identity.oidc;

import io.quarkus.security.identity.SecurityIdentity;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.access.Subject;
import io.sallyport.identity.Caller;
import jakarta.inject.Singleton;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.jwt.JsonWebToken;

/** Who calls, by a token that was verified. */
@Singleton
public final class OidcCallers {
    private static final String USER_NAME = "preferred_username";

    public Caller of(SecurityIdentity identity) {
        if (identity.isAnonymous()) {
            throw new FailureException(new Failure.Unauthenticated("Send a token as Authorization: Bearer TOKEN."));
        }
        Set<Subject> groups =
                identity.getRoles().stream().map(Subject.Group::new).collect(Collectors.toUnmodifiableSet());
        return new Caller(
                name(identity), identity.getPrincipal().getName(), groups, groups.contains(new Subject.Group("admin")));
    }

    private static String name(SecurityIdentity identity) {
        if (identity.getPrincipal() instanceof JsonWebToken token) {
            String userName = token.getClaim(USER_NAME);
            return userName == null ? String.valueOf(token.getSubject()) : userName;
        }
        return identity.getPrincipal().getName();
    }
}
