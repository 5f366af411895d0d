package io.sallyport.identity.mtls;

import io.sallyport.domain.security.CertificateChain;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The authorities that sign for each SPIFFE trust domain, by its name. */
public record TrustBundles(SortedMap<String, CertificateChain> byDomain) {
    public static final TrustBundles NONE = new TrustBundles(new TreeMap<>());

    public TrustBundles {
        byDomain = Collections.unmodifiableSortedMap(new TreeMap<>(byDomain));
    }

    Optional<CertificateChain> of(String trustDomain) {
        return Optional.ofNullable(byDomain.get(trustDomain));
    }
}
