package io.sallyport.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/**
 * A certificate that a {@link CertificateAuthority} signed, with its key.
 *
 * @param certificates its own first, then those up to below the root
 */
public record IssuedCertificate(List<X509Certificate> certificates, PrivateKey key) {
    private static final char[] PASSWORD = {};

    public IssuedCertificate {
        certificates = List.copyOf(certificates);
    }

    /** In PEM. */
    public String chain() {
        return PemText.certificates(certificates);
    }

    /** In PEM, as PKCS #8. */
    public String privateKey() {
        return PemText.privateKey(key);
    }

    /** Writes {@code name.crt} and {@code name.key} into a folder, for a program that reads files. */
    public void writeTo(Path folder, String name) {
        try {
            Files.createDirectories(folder);
            Files.writeString(folder.resolve(name + ".crt"), chain());
            Files.writeString(folder.resolve(name + ".key"), privateKey());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The same, each file whole or not at all, as a program that watches the folder wants it. */
    public void moveTo(Path folder, String name) {
        try {
            Path made = Files.createTempDirectory(Files.createDirectories(folder), "made");
            writeTo(made, name);
            for (String file : List.of(name + ".key", name + ".crt")) {
                Files.move(made.resolve(file), folder.resolve(file), StandardCopyOption.ATOMIC_MOVE);
            }
            Files.delete(made);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** For a server or client in Java that shows this certificate and trusts what the other one signed. */
    public SSLContext context(CertificateAuthority trusted) {
        try {
            KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            keys.init(keyStore(), PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trustOf(trusted).getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    static TrustManagerFactory trustOf(CertificateAuthority trusted) throws GeneralSecurityException {
        KeyStore roots = emptyStore();
        roots.setCertificateEntry("root", trusted.root());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(roots);
        return trust;
    }

    private KeyStore keyStore() throws GeneralSecurityException {
        KeyStore store = emptyStore();
        store.setKeyEntry("own", key, PASSWORD, certificates.toArray(Certificate[]::new));
        return store;
    }

    private static KeyStore emptyStore() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, PASSWORD);
            return store;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }
}
