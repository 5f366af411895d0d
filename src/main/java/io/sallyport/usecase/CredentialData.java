package io.sallyport.usecase;

import io.sallyport.domain.Credential;
import io.sallyport.domain.Resource;
import io.sallyport.domain.Spec;
import io.sallyport.domain.Violation;
import io.sallyport.domain.security.CertificateChain;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What becomes of a credential's data when it is written: it is never given out, so what was read comes back without. */
final class CredentialData {
    private CredentialData() {}

    /** The spec to store; adds a violation where there is none. */
    static Spec settled(Draft draft, Optional<Resource<?>> stored, Instant now, List<Violation> violations) {
        if (!(draft.spec() instanceof Credential written)) {
            return draft.spec();
        }
        if (written.isWithoutData()) {
            return kept(draft, written, stored, violations);
        }
        if (isExpired(written, now)) {
            String part = written.type() == Credential.Type.CERTIFICATE ? Credential.CERTIFICATE : Credential.CA_BUNDLE;
            violations.add(new Violation(
                    draft.pointer() + "/spec/data/" + part,
                    "Expired",
                    "What is sent has expired already: send certificates that hold."));
        }
        return written;
    }

    private static Spec kept(
            Draft draft, Credential written, Optional<Resource<?>> stored, List<Violation> violations) {
        Optional<Credential> before = stored.map(Resource::spec)
                .map(Credential.class::cast)
                .filter(credential -> credential.type() == written.type());
        if (before.isEmpty()) {
            violations.add(new Violation(
                    draft.pointer() + "/spec/data",
                    "MissingField",
                    stored.isEmpty()
                            ? "A new credential needs its data."
                            : "The credential is of another type so far: send its data too."));
        }
        return before.orElse(written);
    }

    // A chain breaks with any of its certificates, a bundle with the last.
    private static boolean isExpired(Credential credential, Instant now) {
        List<CertificateChain> certificates = credential.certificates();
        return switch (credential.type()) {
            case CERTIFICATE -> certificates.stream().anyMatch(chain -> chain.isAnyExpiredAt(now));
            case CA_BUNDLE -> certificates.stream().anyMatch(chain -> chain.isEachExpiredAt(now));
            case TOKEN, OPAQUE -> false;
        };
    }
}
