package io.sallyport.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.domain.DesiredState;
import io.sallyport.domain.Metadata;
import io.sallyport.domain.Metadata.Stamp;
import io.sallyport.domain.Resource;
import io.sallyport.domain.Revision;
import io.sallyport.rest.json.DocumentJson;
import io.sallyport.rest.json.Documents;
import io.sallyport.rest.json.Format;
import io.sallyport.rest.json.Place;
import io.sallyport.rest.json.Violations;
import io.sallyport.usecase.Draft;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An example of {@code examples/} whose script has written keys and certificates into a folder. */
public record ExampleState(Path documents, Path made) {
    private static final char[] PASSWORD = {};

    /** An example that needs nothing to be made. */
    public static ExampleState of(String name) {
        Path documents = Path.of("examples", name);
        return new ExampleState(documents, documents);
    }

    /** Runs the script, as a reader of the example would. */
    public static ExampleState made(String name, Path folder) {
        Path documents = Path.of("examples", name);
        try {
            Process script = new ProcessBuilder(
                            documents.resolve("make-credentials.sh").toString(), folder.toString())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            if (script.waitFor() != 0) {
                throw new IllegalStateException(output);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
        return new ExampleState(documents, folder);
    }

    /** All of its documents, each changed as a text first; throws IllegalStateException where one is wrong. */
    public DesiredState read(UnaryOperator<String> change) {
        try (Stream<Path> files = Files.list(documents)) {
            Stream<Path> all = files.filter(file -> file.toString().endsWith(".yaml"));
            return DesiredState.of(
                    new Revision(1),
                    Stream.concat(
                                    all.sorted(),
                                    Stream.of(made.resolve("credentials.yaml")).filter(Files::exists))
                            .flatMap(file -> resources(change.apply(text(file))).stream())
                            .toList());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static List<Resource<?>> resources(String yaml) {
        return Documents.many(yaml.getBytes(StandardCharsets.UTF_8), Format.YAML).stream()
                .<Resource<?>>map(ExampleState::resource)
                .toList();
    }

    private static Resource<?> resource(JsonNode document) {
        var violations = new Violations();
        Draft draft = DocumentJson.read(Place.top(document, "", violations))
                .orElseThrow(() -> new IllegalStateException(document + ": " + violations.found()));
        var stamp = new Stamp(Instant.EPOCH, "reader");
        UUID uid = UUID.nameUUIDFromBytes(draft.key().toString().getBytes(StandardCharsets.UTF_8));
        return new Resource<>(
                new Metadata(draft.key(), draft.labels(), draft.annotations(), uid, 1, new Revision(1), stamp, stamp),
                draft.spec());
    }

    /** A client that shows a certificate of the folder and trusts another. */
    public SSLContext client(String certificate, String trusted) {
        try {
            KeyStore keys = store();
            byte[] key = Base64.getMimeDecoder()
                    .decode(text(made.resolve(certificate + ".key")).replaceAll("-----.*", ""));
            keys.setKeyEntry(
                    "own",
                    KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(key)),
                    PASSWORD,
                    new Certificate[] {certificate(certificate)});
            KeyManagerFactory managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
            managers.init(keys, PASSWORD);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(managers.getKeyManagers(), trust(trusted).getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** A client that shows no certificate. */
    public SSLContext trusting(String trusted) {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust(trusted).getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private TrustManagerFactory trust(String trusted) throws GeneralSecurityException {
        KeyStore roots = store();
        roots.setCertificateEntry("root", certificate(trusted));
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(roots);
        return trust;
    }

    private Certificate certificate(String name) throws GeneralSecurityException {
        InputStream pem =
                new ByteArrayInputStream(text(made.resolve(name + ".crt")).getBytes(StandardCharsets.US_ASCII));
        return CertificateFactory.getInstance("X.509").generateCertificate(pem);
    }

    private static KeyStore store() throws GeneralSecurityException {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, PASSWORD);
            return store;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
