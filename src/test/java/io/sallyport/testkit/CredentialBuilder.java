package io.sallyport.testkit;

import io.sallyport.domain.Credential;
import io.sallyport.domain.SecretText;
import io.sallyport.local.IssuedCertificate;
import java.util.SortedMap;
import java.util.TreeMap;

/** {@code aCredential("edge/server").certificate(ca.server("gate.example"))}: an empty opaque one at first. */
public final class CredentialBuilder extends ResourceBuilder<Credential> {
    private final SortedMap<String, SecretText> data = new TreeMap<>();
    private Credential.Type type = Credential.Type.OPAQUE;

    private CredentialBuilder(String name) {
        super(name);
    }

    public static CredentialBuilder aCredential(String name) {
        return new CredentialBuilder(name);
    }

    public CredentialBuilder certificate(IssuedCertificate certificate) {
        return certificate(certificate.chain(), certificate.privateKey());
    }

    public CredentialBuilder certificate(String chain, String privateKey) {
        return of(Credential.Type.CERTIFICATE)
                .part(Credential.CERTIFICATE, chain)
                .part(Credential.PRIVATE_KEY, privateKey);
    }

    /** Whose parts are given one by one. */
    public CredentialBuilder asCertificate() {
        return of(Credential.Type.CERTIFICATE);
    }

    public CredentialBuilder caBundle(String pem) {
        return of(Credential.Type.CA_BUNDLE).part(Credential.CA_BUNDLE, pem);
    }

    public CredentialBuilder token(String token) {
        return of(Credential.Type.TOKEN).part(Credential.TOKEN, token);
    }

    public CredentialBuilder part(String name, String text) {
        data.put(name, new SecretText(text));
        return this;
    }

    private CredentialBuilder of(Credential.Type newType) {
        type = newType;
        return this;
    }

    @Override
    protected Credential spec() {
        return new Credential(type, data);
    }
}
