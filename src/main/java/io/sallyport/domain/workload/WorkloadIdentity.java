package io.sallyport.domain.workload;

import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.PrincipalPattern;
import io.sallyport.domain.network.SpiffeId;

/** One way in which a workload is recognised. */
public sealed interface WorkloadIdentity {
    /** By the URI SAN of its certificate. */
    record BySpiffeId(SpiffeId id) implements WorkloadIdentity {}

    /** By the subject of a token (RFC 7519, claims {@code iss} and {@code sub}). */
    record ByJwt(String issuer, String subject) implements WorkloadIdentity {
        public ByJwt {
            if (issuer.isBlank() || subject.isBlank()) {
                throw new IllegalArgumentException("a token's identity has an issuer and a subject");
            }
            PrincipalPattern written = new PrincipalPattern(issuer + "/" + subject);
            if (written.isPrefix() || !written.isOfTokens()) {
                throw new IllegalArgumentException(
                        "'%s' is not one token's identity: use a URL that is no SPIFFE ID as issuer, and a whole subject"
                                .formatted(written));
            }
        }

        /** As principals are written: {@code issuer/subject}. */
        public String principal() {
            return issuer + "/" + subject;
        }
    }

    /** By the address that it connects from. */
    record ByAddress(Cidr range) implements WorkloadIdentity {}
}
