package io.sallyport.domain;

import java.util.Collections;
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

    /** What it is good for. */
    public enum Type {
        CERTIFICATE,
        CA_BUNDLE,
        TOKEN,
        OPAQUE
    }
}
