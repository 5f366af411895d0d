package io.sallyport.identity.oidc;

import io.sallyport.domain.access.Subject;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.eclipse.microprofile.jwt.JsonWebToken;

/**
 * Whom a verified token proves. A user is known by issuer and subject alone: {@code preferred_username} and {@code
 * email} are claims that people may choose or change. A client id is taken for a service account only in a token that
 * the client got for itself; else every user of a web page would be the page's service account.
 */
record TokenSubjects(JsonWebToken token) {

    Set<Subject> with(Set<String> groups, Optional<String> serviceAccountClaim) {
        Set<Subject> subjects = new HashSet<>();
        groups.stream().map(Subject.Group::new).forEach(subjects::add);
        user().ifPresent(subjects::add);
        clientId()
                .filter(client -> isOwn(client, serviceAccountClaim))
                .map(Subject.ServiceAccount::new)
                .ifPresent(subjects::add);
        return subjects;
    }

    /** {@code issuer/subject}. */
    String id() {
        return token.getIssuer() + "/" + subject().or(this::clientId).orElse("");
    }

    private Optional<Subject.User> user() {
        return subject().map(subject -> new Subject.User(token.getIssuer(), subject));
    }

    Optional<String> subject() {
        return Optional.ofNullable(token.getSubject()).filter(text -> !text.isBlank());
    }

    /** The client that asked for the token (claims {@code azp}, {@code client_id}). */
    Optional<String> clientId() {
        return Stream.of("azp", "client_id")
                .flatMap(claim -> token.<Object>claim(claim).stream())
                .filter(String.class::isInstance)
                .map(String.class::cast)
                .filter(text -> !text.isBlank())
                .findFirst();
    }

    private boolean isOwn(String client, Optional<String> serviceAccountClaim) {
        return client.equals(token.getSubject())
                || serviceAccountClaim.filter(token::containsClaim).isPresent();
    }
}
