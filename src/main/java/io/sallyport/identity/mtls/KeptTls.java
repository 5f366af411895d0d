package io.sallyport.identity.mtls;

import io.sallyport.identity.mtls.TlsFiles.Reading;
import io.sallyport.identity.mtls.TlsSettings.ClientCertificates;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jboss.logging.Logger;

/**
 * What the files said last that could be read. They are looked at by one thread; {@code newest} is how others see it. What
 * is broken is told once, and again when it is broken otherwise.
 */
public final class KeptTls implements AutoCloseable {
    private static final Logger LOG = Logger.getLogger(KeptTls.class);

    private final TlsFiles files;
    private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
    private final LongAdder failures = new LongAdder();
    private final ScheduledExecutorService looking = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("tls-files").daemon().factory());
    private volatile Reading newest;

    private KeptTls(TlsFiles files, Reading first) {
        this.files = files;
        this.newest = first;
    }

    /** Throws IllegalStateException with all that is wrong: a server never begins with what it would not go on with. */
    static KeptTls begin(TlsFiles files, Duration interval) {
        Reading first = files.after(Reading.NOTHING);
        if (!first.faults().isEmpty()) {
            throw new IllegalStateException("TLS of the gRPC server cannot begin: " + first.faults());
        }
        KeptTls kept = new KeptTls(files, first);
        LOG.infof(
                "TLS for agents certificate=%s expires=%s trustDomains=%s",
                kept.key(), kept.key().expiresAt(), first.bundles().byDomain().keySet());
        var _ = kept.looking.scheduleWithFixedDelay(
                kept::lookSafely, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
        return kept;
    }

    /** The one of these settings; empty where they ask for none. Throws IllegalStateException where they contradict. */
    static Optional<KeptTls> of(TlsSettings settings) {
        if (settings.certificate().isPresent() != settings.key().isPresent()) {
            throw new IllegalStateException(
                    "sallyport.grpc.tls.certificate and sallyport.grpc.tls.key belong together: set both, or neither");
        }
        if (settings.certificate().isEmpty() && settings.trustBundles().isPresent()) {
            throw new IllegalStateException("sallyport.grpc.tls.trust-bundles is of use with TLS alone:"
                    + " set sallyport.grpc.tls.certificate and sallyport.grpc.tls.key");
        }
        if (settings.trustBundles().isEmpty() && settings.clientCertificates() == ClientCertificates.REQUIRE) {
            throw new IllegalStateException("sallyport.grpc.tls.client-certificates=require needs those who sign them:"
                    + " set sallyport.grpc.tls.trust-bundles");
        }
        return settings.certificate()
                .map(certificate -> new TlsFiles(
                        certificate, settings.key().orElseThrow(), settings.trustBundles(), InstantSource.system()))
                .map(files -> begin(files, settings.reloadInterval()));
    }

    public ServerKey key() {
        return newest.key().orElseThrow();
    }

    public TrustBundles bundles() {
        return newest.bundles();
    }

    /** What is wrong with files, by file; what they said before goes on. */
    public SortedMap<String, String> faults() {
        return newest.faults();
    }

    /** How often a file was found broken that was not, or otherwise. */
    public long failures() {
        return failures.sum();
    }

    /** Told after what the server shows, or whom it trusts, has changed. */
    public void whenChanged(Runnable listener) {
        listeners.add(listener);
    }

    private void lookSafely() {
        try {
            look();
        } catch (RuntimeException bug) {
            LOG.error("TLS files could not be looked at", bug);
        }
    }

    void look() {
        Reading before = newest;
        Reading now = files.after(before);
        newest = now;
        tell(before.faults(), now.faults());
        if (!now.key().equals(before.key()) || !now.bundles().equals(before.bundles())) {
            LOG.infof(
                    "TLS for agents has changed certificate=%s expires=%s trustDomains=%s",
                    key(), key().expiresAt(), now.bundles().byDomain().keySet());
            listeners.forEach(Runnable::run);
        }
    }

    private void tell(Map<String, String> before, Map<String, String> now) {
        now.forEach((file, fault) -> {
            if (!fault.equals(before.get(file))) {
                failures.increment();
                LOG.errorf("a TLS file is broken, what it said before goes on file=%s fault=%s", file, fault);
            }
        });
        before.keySet().stream()
                .filter(file -> !now.containsKey(file))
                .forEach(file -> LOG.infof("a TLS file is no longer broken file=%s", file));
    }

    @Override
    public void close() {
        looking.shutdown();
    }
}
