package io.sallyport.identity;

import io.sallyport.domain.agent.AgentIdentity;
import java.security.cert.X509Certificate;
import java.util.List;

/** Proves agents by the certificates that they show in the handshake of TLS. */
public interface CertificateAuthenticator {

    /**
     * The agent that a chain stands for, its own certificate first. Throws {@link io.sallyport.domain.FailureException}
     * with {@code Unauthenticated} where it is not trusted now, or names nobody.
     */
    AgentIdentity authenticate(List<X509Certificate> chain);

    /** Tells from now on when those who were trusted may no longer be. */
    void whenTrustChanges(Runnable listener);
}
