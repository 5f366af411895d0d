package io.sallyport.boot;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.TimeGauge;
import io.quarkus.runtime.StartupEvent;
import io.sallyport.identity.mtls.AgentTls;
import io.sallyport.identity.mtls.KeptTls;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** TLS for agents: files that are broken, how long the server's certificate holds, certificates that were refused. */
@Singleton
final class TlsMeters {
    private final MeterRegistry meters;

    @Inject
    TlsMeters(MeterRegistry meters) {
        this.meters = meters;
    }

    void watch(@Observes StartupEvent event, AgentTls tls) {
        tls.kept().ifPresent(kept -> watch(kept, tls));
    }

    private void watch(KeptTls kept, AgentTls agents) {
        Gauge.builder("sallyport.tls.faults", kept, tls -> tls.faults().size())
                .description("Files of TLS for agents that are broken now; what they said before goes on")
                .register(meters);
        FunctionCounter.builder("sallyport.tls.failures", kept, KeptTls::failures)
                .description("How often such a file was found broken")
                .register(meters);
        TimeGauge.builder(
                        "sallyport.tls.certificate.expiry",
                        kept,
                        TimeUnit.SECONDS,
                        tls -> Duration.between(Instant.now(), tls.key().expiresAt())
                                .toSeconds())
                .description("How long the certificate that agents are shown still holds")
                .register(meters);
        FunctionCounter.builder("sallyport.tls.certificates.refused", agents, AgentTls::refusals)
                .description("Certificates of agents that were refused in the handshake")
                .register(meters);
    }
}
