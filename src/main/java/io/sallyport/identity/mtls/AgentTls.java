package io.sallyport.identity.mtls;

import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.agent.AgentIdentity;
import io.sallyport.domain.gateway.AgentPrincipal;
import io.sallyport.identity.CertificateAuthenticator;
import io.sallyport.identity.mtls.TlsSettings.ClientCertificates;
import jakarta.annotation.PreDestroy;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jboss.logging.Logger;

/** TLS of the gRPC server as it is configured, and who agents are by the certificates that they show in it. */
@Singleton
public final class AgentTls implements CertificateAuthenticator {
    private static final Logger LOG = Logger.getLogger(AgentTls.class);
    private static final long TELL_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongAdder refusals = new LongAdder();
    private final AtomicLong told = new AtomicLong(System.nanoTime() - 2 * TELL_EVERY_NANOS);
    private final Optional<KeptTls> kept;
    private final ClientCertificates asked;
    private final SpiffeTrust trust;

    /** Throws IllegalStateException where settings contradict each other, or a file cannot be used. */
    @Inject
    AgentTls(TlsSettings settings) {
        this.kept = KeptTls.of(settings);
        this.asked = settings.trustBundles().isPresent() ? settings.clientCertificates() : ClientCertificates.NONE;
        this.trust = new SpiffeTrust(
                () -> kept.map(KeptTls::bundles).orElse(TrustBundles.NONE), InstantSource.system(), this::tell);
    }

    private void tell(CertificateException refused) {
        refusals.increment();
        long now = System.nanoTime();
        long last = told.get();
        // Whoever floods us with certificates does not flood the log.
        if (now - last > TELL_EVERY_NANOS && told.compareAndSet(last, now)) {
            LOG.warnf("an agent's certificate was refused in the handshake reason=%s", refused.getMessage());
        }
    }

    /** How many certificates were refused in handshakes. */
    public long refusals() {
        return refusals.sum();
    }

    /** For a server that is made by hand. */
    public static AgentTls of(TlsSettings settings) {
        return new AgentTls(settings);
    }

    /** Empty where the server speaks in the clear. */
    public Optional<KeptTls> kept() {
        return kept;
    }

    public ClientCertificates asked() {
        return asked;
    }

    /** What lets clients in at the handshake. */
    public X509ExtendedTrustManager trust() {
        return trust;
    }

    @Override
    public AgentIdentity authenticate(List<X509Certificate> chain) {
        try {
            Svid svid = trust.verify(chain);
            return new AgentIdentity(new AgentPrincipal.Spiffe(svid.id()), svid.validUntil());
        } catch (CertificateException | IllegalArgumentException refused) {
            throw new FailureException(new Failure.Unauthenticated(String.valueOf(refused.getMessage())));
        }
    }

    @Override
    public void whenTrustChanges(Runnable listener) {
        kept.ifPresent(tls -> tls.whenChanged(listener));
    }

    @PreDestroy
    void close() {
        kept.ifPresent(KeptTls::close);
    }
}
