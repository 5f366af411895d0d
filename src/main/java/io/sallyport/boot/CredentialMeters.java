package io.sallyport.boot;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.sallyport.domain.Credential;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.security.CertificateTerm;
import io.sallyport.usecase.CurrentState;
import jakarta.inject.Inject;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/**
 * How many seconds each credential with certificates has left, by namespace and name; below zero once it has expired.
 * Watched by the one thread that follows the head.
 */
@Singleton
final class CredentialMeters {
    private static final Logger LOG = Logger.getLogger(CredentialMeters.class);

    private final MultiGauge expiry;
    private DesiredState seen = DesiredState.EMPTY;

    @Inject
    CredentialMeters(MeterRegistry registry) {
        expiry = MultiGauge.builder("sallyport.credential.expiry")
                .description("Time left until the certificates of a credential expire")
                .baseUnit("seconds")
                .register(registry);
    }

    void watch(CurrentState current) {
        current.watch(this::follow);
    }

    private synchronized void follow(DesiredState state) {
        if (state.isSameIn(Kind.CREDENTIAL, seen)) {
            return;
        }
        seen = state;
        try {
            List<Row<?>> rows =
                    state.credentials().stream().flatMap(CredentialMeters::row).toList();
            expiry.register(rows, true);
        } catch (RuntimeException unreadable) {
            // What gateways run does not depend on what is counted.
            LOG.error("expiry of credentials not counted", unreadable);
        }
    }

    private static Stream<Row<?>> row(Resource<Credential> credential) {
        Tags tags = Tags.of(
                "namespace",
                credential.namespace().value(),
                "name",
                credential.name().name().value());
        return credential.spec().term().stream().map(term -> Row.of(tags, term, CredentialMeters::left));
    }

    private static double left(CertificateTerm term) {
        return Duration.between(Instant.now(), term.notAfter()).toSeconds();
    }
}
