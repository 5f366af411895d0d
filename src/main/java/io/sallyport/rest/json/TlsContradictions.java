package io.sallyport.rest.json;

import io.sallyport.domain.security.TlsOrigination.Mode;
import io.sallyport.domain.security.TlsVersions;
import io.sallyport.domain.security.TlsVersions.Version;
import io.sallyport.rest.json.Violations.Reason;
import java.util.List;
import java.util.Optional;

/** What of a section {@code tls} cannot be meant together. */
final class TlsContradictions {
    private static final List<String> OF_TLS = List.of(
            "sni",
            "subjectAltNames",
            "caRef",
            "system",
            "minVersion",
            "maxVersion",
            "cipherSuites",
            "alpn",
            "insecureSkipVerify");

    private TlsContradictions() {}

    static void report(Fields fields, Optional<Mode> mode, Optional<TlsVersions> versions) {
        mode.ifPresent(known -> ofMode(fields, known));
        trust(fields);
        if (versions.isPresent() && versions.get().oldest() == Version.TLS_1_3) {
            fields.refused("cipherSuites", "TLS 1.3 chooses its own: leave this out, or let 'minVersion' be 1.2.");
        }
        if (fields.place().value().isObject() && fields.place().value().isEmpty()) {
            fields.place().report(Reason.MISSING_FIELD, "Ask for something: 'mode' or 'caRef', for example.");
        }
    }

    private static void ofMode(Fields fields, Mode mode) {
        switch (mode) {
            case DISABLE -> {
                OF_TLS.forEach(name -> fields.refused(name, "In mode Disable no TLS is spoken: leave this out."));
                refuseCertificate(fields);
            }
            case SIMPLE -> refuseCertificate(fields);
            case MUTUAL ->
                fields.needed("clientCredentialRef", "Mode Mutual needs a Certificate that the gateway shows.");
            case AS_PORT -> {}
        }
    }

    private static void refuseCertificate(Fields fields) {
        fields.refused(
                "clientCredentialRef", "The gateway shows a certificate in mode Mutual: use it, or leave this out.");
    }

    private static void trust(Fields fields) {
        Optional<Boolean> system = fields.optional("system", Place::truth);
        if (system.isEmpty()) {
            return;
        }
        if (system.get()) {
            fields.refused("caRef", "Either the system's authorities are trusted or those of 'caRef', not both.");
        } else {
            fields.needed("caRef", "Say who is trusted instead of the system's authorities.");
        }
    }
}
