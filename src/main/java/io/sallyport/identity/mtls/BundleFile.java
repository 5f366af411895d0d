package io.sallyport.identity.mtls;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.sallyport.domain.network.SpiffeId;
import io.sallyport.domain.security.CertificateChain;
import java.time.Instant;
import java.util.List;

/** The text of a file that names the authorities of one trust domain, which is what the file is called. */
record BundleFile(String trustDomain, Form form) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** How it is written. */
    enum Form {
        PEM,
        /** A SPIFFE bundle: a JWK set whose keys of use {@code x509-svid} have their certificate in {@code x5c}. */
        SPIFFE
    }

    static boolean isOne(String fileName) {
        return !fileName.startsWith(".") && (fileName.endsWith(".pem") || fileName.endsWith(".json"));
    }

    /** Throws IllegalArgumentException where the name is not that of a trust domain. */
    static BundleFile named(String fileName) {
        int dot = fileName.lastIndexOf('.');
        SpiffeId domain = new SpiffeId("spiffe://" + fileName.substring(0, dot));
        return new BundleFile(domain.trustDomain(), fileName.endsWith(".pem") ? Form.PEM : Form.SPIFFE);
    }

    /** Throws IllegalArgumentException where it holds no authorities, or anything else. */
    CertificateChain parse(String text, Instant now) {
        CertificateChain authorities = switch (form) {
            case PEM -> CertificateChain.parse(text);
            case SPIFFE -> spiffe(text);
        };
        List<String> others = authorities.subjectsWithoutAuthority();
        if (!others.isEmpty()) {
            throw new IllegalArgumentException(
                    "%s is no authority: only those that sign belong into a bundle".formatted(others.getFirst()));
        }
        if (authorities.isEachExpiredAt(now)) {
            throw new IllegalArgumentException("every authority in it has expired: put a new bundle in its place");
        }
        return authorities;
    }

    private static CertificateChain spiffe(String text) {
        StringBuilder pem = new StringBuilder();
        for (JsonNode key : tree(text).path("keys")) {
            if (key.path("use").asText().equals("x509-svid")) {
                pem.append("-----BEGIN CERTIFICATE-----\n")
                        .append(key.at("/x5c/0").asText())
                        .append("\n-----END CERTIFICATE-----\n");
            }
        }
        if (pem.isEmpty()) {
            throw new IllegalArgumentException("it has no keys of use x509-svid: it is no SPIFFE bundle");
        }
        return CertificateChain.parse(pem.toString());
    }

    private static JsonNode tree(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException malformed) {
            throw new IllegalArgumentException("it is not JSON", malformed);
        }
    }
}
