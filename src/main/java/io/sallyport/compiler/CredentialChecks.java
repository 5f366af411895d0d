package io.sallyport.compiler;

import io.sallyport.domain.Credential;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Resource;
import io.sallyport.domain.security.CertificateTerm;

/** What time and use do to certificates, beyond what they are refused for when they are written. */
final class CredentialChecks {
    private final Checked checked;
    private final Report report;

    CredentialChecks(Checked checked, Report report) {
        this.checked = checked;
        this.report = report;
    }

    void run() {
        for (Resource<Credential> credential : checked.touched(checked.state().credentials(), Kind.CREDENTIAL)) {
            switch (credential.spec().type()) {
                case CERTIFICATE -> term(credential, "/spec/data/" + Credential.CERTIFICATE, credential);
                case CA_BUNDLE -> {
                    term(credential, "/spec/data/" + Credential.CA_BUNDLE, credential);
                    authorities(credential);
                }
                case TOKEN, OPAQUE -> {}
            }
        }
    }

    /** Says to whoever uses a credential how long that will do. */
    void term(Resource<?> user, String pointer, Resource<Credential> credential) {
        for (CertificateTerm term : credential.spec().term()) {
            switch (term.at(checked.now())) {
                case NOT_YET_VALID ->
                    report.warning(
                            user,
                            pointer,
                            "CredentialNotYetValid",
                            "the certificates of %s hold from %s on, and nobody takes them before"
                                    .formatted(credential.key(), term.notBefore()));
                case VALID -> {}
                case EXPIRES_SOON ->
                    report.warning(
                            user,
                            pointer,
                            "CredentialExpiresSoon",
                            "the certificates of %s hold until %s: write new ones before, no connection is dropped for it"
                                    .formatted(credential.key(), term.notAfter()));
                case EXPIRED ->
                    report.warning(
                            user,
                            pointer,
                            "CredentialExpired",
                            "the certificates of %s held until %s, and nobody takes them any more: write new ones"
                                    .formatted(credential.key(), term.notAfter()));
            }
        }
    }

    private void authorities(Resource<Credential> credential) {
        credential.spec().certificates().stream()
                .flatMap(bundle -> bundle.subjectsWithoutAuthority().stream())
                .findFirst()
                .ifPresent(subject -> report.warning(
                        credential,
                        "/spec/data/" + Credential.CA_BUNDLE,
                        "NotAnAuthority",
                        "'%s' is not the certificate of an authority (basicConstraints, CA): what it signed is not accepted"
                                .formatted(subject)));
    }
}
