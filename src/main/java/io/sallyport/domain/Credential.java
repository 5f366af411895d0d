package io.sallyport.domain;

import io.sallyport.domain.security.CertificateChain;
import io.sallyport.domain.security.CertificateTerm;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A secret: written by people, read by nobody but the agents that need it.
 *
 * @param data by what each part is: {@code certificate} and {@code privateKey} (PEM) of a Certificate, {@code
 *     caBundle} (PEM) of a CaBundle, {@code token} of a Token, any of an Opaque one
 */
public record Credential(Type type, SortedMap<String, SecretText> data) implements Spec {
    public static final String CERTIFICATE = "certificate";
    public static final String PRIVATE_KEY = "privateKey";
    public static final String CA_BUNDLE = "caBundle";
    public static final String TOKEN = "token";

    public Credential {
        data = Collections.unmodifiableSortedMap(new TreeMap<>(data));
    }

    /** Whether it says nothing of its data: what is stored of it stays then. */
    public boolean isWithoutData() {
        return data.isEmpty();
    }

    /** The text of a part; throws where it has none of that name. */
    public SecretText part(String name) {
        SecretText part = data.get(name);
        if (part == null) {
            throw new IllegalArgumentException("a credential of type %s has no %s".formatted(type, name));
        }
        return part;
    }

    /** The part of this type that holds certificates; none where it holds none. */
    public List<CertificateChain> certificates() {
        return switch (type) {
            case CERTIFICATE -> chain(CERTIFICATE);
            case CA_BUNDLE -> chain(CA_BUNDLE);
            case TOKEN, OPAQUE -> List.of();
        };
    }

    /** From when to when its certificates do what they are for; none where it holds none. */
    public List<CertificateTerm> term() {
        return certificates().stream()
                .map(type == Type.CA_BUNDLE ? CertificateTerm::ofAny : CertificateTerm::ofAll)
                .toList();
    }

    private List<CertificateChain> chain(String part) {
        return isWithoutData()
                ? List.of()
                : List.of(CertificateChain.parse(part(part).reveal()));
    }

    /** What it is good for. */
    public enum Type {
        CERTIFICATE,
        CA_BUNDLE,
        TOKEN,
        OPAQUE
    }
}
