package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Credential;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** What may be told of a credential: which parts it has, and what its certificates say of themselves. */
final class CredentialStatusJson {
    private CredentialStatusJson() {}

    static void write(ObjectNode status, Credential credential) {
        Tree.texts(status, "parts", credential.data().keySet());
        List<X509Certificate> certificates = credential.certificates().stream()
                .flatMap(chain -> chain.certificates().stream())
                .toList();
        credential
                .term()
                .forEach(term -> status.put("expiresAt", term.notAfter().toString()));
        Tree.list(status, "certificates", certificates, CredentialStatusJson::write);
    }

    private static JsonNode write(X509Certificate certificate) {
        ObjectNode result = Tree.object()
                .put("subject", certificate.getSubjectX500Principal().getName())
                .put("issuer", certificate.getIssuerX500Principal().getName());
        Tree.texts(result, "subjectAltNames", alternativeNames(certificate));
        return result.put("notBefore", certificate.getNotBefore().toInstant().toString())
                .put("notAfter", certificate.getNotAfter().toInstant().toString())
                .put("sha256Fingerprint", fingerprint(certificate));
    }

    // RFC 5280, section 4.2.1.6; a name of another kind has a form that nobody here reads.
    private static List<String> alternativeNames(X509Certificate certificate) {
        try {
            Collection<List<?>> names = Optional.ofNullable(certificate.getSubjectAlternativeNames())
                    .orElse(List.of());
            return names.stream()
                    .flatMap(name -> alternativeName(name).stream())
                    .toList();
        } catch (CertificateParsingException unreadable) {
            return List.of();
        }
    }

    private static Optional<String> alternativeName(List<?> name) {
        return switch ((Integer) name.get(0)) {
            case 1 -> Optional.of("email:" + name.get(1));
            case 2 -> Optional.of("DNS:" + name.get(1));
            case 6 -> Optional.of("URI:" + name.get(1));
            case 7 -> Optional.of("IP:" + name.get(1));
            default -> Optional.empty();
        };
    }

    private static String fingerprint(X509Certificate certificate) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded());
            return HexFormat.of().formatHex(digest);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
