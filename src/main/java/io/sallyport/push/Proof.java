package io.sallyport.push;

import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.agent.AgentIdentity;
import io.sallyport.identity.AgentAuthenticator;
import io.sallyport.identity.CertificateAuthenticator;
import io.sallyport.push.transport.PeerCertificates;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLSession;

/**
 * What a caller shows of who it is: its certificate, which was trusted at the handshake, its token, or both, and then both
 * must be right.
 *
 * @param authorization as it was sent; empty where it was not
 */
record Proof(List<X509Certificate> chain, String authorization) {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);
    private static final Pattern BEARER = Pattern.compile("Bearer +(\\S+)", Pattern.CASE_INSENSITIVE);

    static Proof of(ServerCall<?, ?> call, Metadata headers) {
        SSLSession session = call.getAttributes().get(Grpc.TRANSPORT_ATTR_SSL_SESSION);
        return new Proof(
                session == null ? List.of() : PeerCertificates.of(session),
                Objects.requireNonNullElse(headers.get(AUTHORIZATION), ""));
    }

    /** Throws FailureException with {@code Unauthenticated} where it proves nobody. May block. */
    AgentIdentity identity(CertificateAuthenticator certificates, AgentAuthenticator tokens) {
        if (chain.isEmpty()) {
            return tokens.authenticate(token().orElseThrow(Proof::nothing));
        }
        AgentIdentity certified = certificates.authenticate(chain);
        return authorization.isEmpty()
                ? certified
                : certified.with(tokens.authenticate(token().orElseThrow(Proof::nothing)));
    }

    /** Whether a certificate is part of it that is no longer trusted. */
    boolean hasLostTrust(CertificateAuthenticator certificates) {
        try {
            return !chain.isEmpty()
                    && certificates.authenticate(chain).principals().isEmpty();
        } catch (FailureException refused) {
            return true;
        }
    }

    private Optional<String> token() {
        Matcher bearer = BEARER.matcher(authorization);
        return bearer.matches() ? Optional.of(bearer.group(1)) : Optional.empty();
    }

    private static FailureException nothing() {
        return new FailureException(
                new Failure.Unauthenticated(
                        "No proof: send the metadata 'authorization: Bearer <access token>', or connect with a client certificate"));
    }
}
