package io.sallyport.boot;

import io.sallyport.identity.mtls.AgentTls;
import io.sallyport.identity.mtls.KeptTls;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.util.Locale;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Readiness;

/** A file that is broken is told and not held against the replica, which goes on with what the file said before. */
@Readiness
@Singleton
final class TlsReadiness implements HealthCheck {
    private final AgentTls tls;

    @Inject
    TlsReadiness(AgentTls tls) {
        this.tls = tls;
    }

    @Override
    public HealthCheckResponse call() {
        var response = HealthCheckResponse.named("agents-tls")
                .up()
                .withData("on", tls.kept().isPresent());
        tls.kept()
                .ifPresent(kept -> response.withData(
                                "certificateExpiresAt", kept.key().expiresAt().toString())
                        .withData("clientCertificates", tls.asked().name().toLowerCase(Locale.ROOT))
                        .withData(
                                "trustDomains",
                                String.join(" ", kept.bundles().byDomain().keySet()))
                        .withData("broken", faults(kept)));
        return response.build();
    }

    private static String faults(KeptTls kept) {
        return kept.faults().isEmpty() ? "nothing" : kept.faults().toString();
    }
}
