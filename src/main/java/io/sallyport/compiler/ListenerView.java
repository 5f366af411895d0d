package io.sallyport.compiler;

import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.PrincipalPattern;
import io.sallyport.domain.security.JwtProvider;
import io.sallyport.domain.workload.WorkloadIdentity;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Which identities a listener can see.
 *
 * @param certificates whether every source shows a certificate, so that nothing weaker is looked at
 * @param issuers of the tokens that it takes for proof; sources without one are their addresses
 */
record ListenerView(boolean certificates, List<String> issuers) {
    ListenerView {
        issuers = List.copyOf(issuers);
    }

    static ListenerView of(Listener listener, Collection<JwtProvider> jwt) {
        return new ListenerView(
                listener.isMutual(), jwt.stream().map(JwtProvider::issuer).toList());
    }

    boolean sees(WorkloadIdentity identity) {
        return sees(Identities.of(identity));
    }

    /** Whether it would recognise everyone whom the pattern means. */
    boolean sees(PrincipalPattern principal) {
        return certificates
                ? principal.isOfCertificates()
                : principal.isOfTokens()
                        && issuers.stream()
                                .anyMatch(issuer -> principal.prefix().startsWith(issuer + "/"));
    }

    /** Whether there is something in these identities by which it would recognise somebody. */
    boolean sees(Identities identities) {
        return identities.anyone()
                || (!certificates && !identities.ranges().isEmpty())
                || identities.principals().patterns().stream().anyMatch(this::sees);
    }

    /** In words: what it goes by. */
    @Override
    public String toString() {
        if (certificates) {
            return "certificates alone";
        }
        return issuers.isEmpty()
                ? "addresses alone"
                : issuers.stream().collect(Collectors.joining(", ", "addresses and tokens of ", " alone"));
    }
}
