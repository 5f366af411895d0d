package io.sallyport.local.differential;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.local.CertificateAuthority;
import io.sallyport.local.IssuedCertificate;
import java.util.List;

/** Certificates and who signed them, as long as this process lives. */
final class Material {
    static final CertificateAuthority GATES = CertificateAuthority.named("gates");
    static final CertificateAuthority CLIENTS = CertificateAuthority.named("clients");
    // It calls itself as the right one does: a client shows no certificate of another that it is not asked for.
    static final CertificateAuthority STRANGERS = CertificateAuthority.named("clients");
    static final CertificateAuthority UPSTREAMS = CertificateAuthority.named("upstreams");

    /** Hosts that upstreams cannot prove to be. */
    static final List<String> UNCERTIFIED = List.of("y.x.example", "z.test");

    private static final IssuedCertificate GATE = GATES.server("gate.test");
    private static final ObjectMapper JSON = new ObjectMapper();

    private Material() {}

    /** What upstreams show. */
    static IssuedCertificate upstream() {
        return UPSTREAMS.serverOf(RandomAttempt.HOSTS.stream()
                .filter(host -> !UNCERTIFIED.contains(host))
                .toList());
    }

    /** A credential by its name. */
    static JsonNode credential(String namespace, String name) {
        ObjectNode document =
                JSON.createObjectNode().put("apiVersion", "sallyport.io/v1").put("kind", "Credential");
        document.putObject("metadata").put("namespace", namespace).put("name", name);
        ObjectNode spec = document.putObject("spec");
        switch (name) {
            case "gate" ->
                spec.put("type", "Certificate")
                        .putObject("data")
                        .put("certificate", GATE.chain())
                        .put("privateKey", GATE.privateKey());
            case "clients" -> spec.put("type", "CaBundle").putObject("data").put("caBundle", CLIENTS.bundle());
            case "roots" -> spec.put("type", "CaBundle").putObject("data").put("caBundle", UPSTREAMS.bundle());
            default -> throw new IllegalArgumentException(name);
        }
        return document;
    }
}
