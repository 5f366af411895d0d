package io.sallyport.local;

import io.sallyport.domain.network.IpAddress;
import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;

/**
 * An authority that makes certificates for trials: {@code CertificateAuthority.named("corp").server("gate.example")}. They
 * are good for a day.
 */
public final class CertificateAuthority {
    private static final byte[] ECDSA_WITH_SHA256 = Der.sequence(Der.oid("1.2.840.10045.4.3.2"));
    private static final Duration LIFE = Duration.ofDays(1);

    private final String name;
    private final KeyPair keys;
    private final List<X509Certificate> chain;

    private CertificateAuthority(String name, KeyPair keys, List<X509Certificate> chain) {
        this.name = name;
        this.keys = keys;
        this.chain = List.copyOf(chain);
    }

    /** A root. */
    public static CertificateAuthority named(String name) {
        KeyPair keys = newKeys();
        X509Certificate own = signed(name, name, keys, keys, day(Instant.now()), extensions(true, List.of()));
        return new CertificateAuthority(name, keys, List.of(own));
    }

    /** An authority that this one signed. */
    public CertificateAuthority intermediate(String newName) {
        KeyPair newKeys = newKeys();
        X509Certificate own = signed(newName, name, newKeys, keys, day(Instant.now()), extensions(true, List.of()));
        return new CertificateAuthority(newName, newKeys, with(own));
    }

    /** For a server; the hosts are exact or wildcards. */
    public IssuedCertificate server(String... hosts) {
        return issue(hosts[0], Instant.now(), dnsNames(hosts));
    }

    /** For a server that is known by many names, addresses among them. */
    public IssuedCertificate serverOf(List<String> hosts) {
        return issue(
                hosts.getFirst(),
                Instant.now(),
                hosts.stream()
                        .flatMap(host -> Stream.concat(dnsNames(host).stream(), addresses(host)))
                        .toList());
    }

    /** For a server that is found by its address. */
    public IssuedCertificate serverAt(String address) {
        return issue(address, Instant.now(), addresses(address).toList());
    }

    /** For a workload; with more than one URI it is ambiguous, with none it is nobody. */
    public IssuedCertificate client(String... spiffeIds) {
        return issue("workload", Instant.now(), uris(spiffeIds));
    }

    /** For a workload; it ends then, to the second. */
    public IssuedCertificate clientUntil(Instant end, String... spiffeIds) {
        return issue("workload", new Life(Instant.now(), end), extensions(false, uris(spiffeIds)));
    }

    /** One that may sign others though it names a workload, which is nobody's. */
    public IssuedCertificate signingClient(String... spiffeIds) {
        return issue("workload", day(Instant.now()), extensions(true, uris(spiffeIds)));
    }

    /** For a workload, of a day a year ago. */
    public IssuedCertificate expiredClient(String... spiffeIds) {
        return issue("workload", Instant.now().minus(Duration.ofDays(365)), uris(spiffeIds));
    }

    /** For a workload, of a day a year from now. */
    public IssuedCertificate futureClient(String... spiffeIds) {
        return issue("workload", Instant.now().plus(Duration.ofDays(365)), uris(spiffeIds));
    }

    /** One whose day was a year ago. */
    public IssuedCertificate expired(String... hosts) {
        return issue(hosts[0], Instant.now().minus(Duration.ofDays(365)), dnsNames(hosts));
    }

    /** One that is good for a day a year from now. */
    public IssuedCertificate notYetValid(String... hosts) {
        return issue(hosts[0], Instant.now().plus(Duration.ofDays(365)), dnsNames(hosts));
    }

    /** The root in PEM: what others are to trust. */
    public String bundle() {
        return PemText.certificates(List.of(root()));
    }

    public X509Certificate root() {
        return chain.getLast();
    }

    /** For a client in Java that trusts what this root signed, and shows no certificate. */
    public SSLContext context() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, IssuedCertificate.trustOf(this).getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private record Life(Instant from, Instant end) {}

    private static Life day(Instant from) {
        return new Life(from, from.plus(LIFE));
    }

    private IssuedCertificate issue(String subject, Instant from, List<byte[]> alternativeNames) {
        return issue(subject, day(from), extensions(false, alternativeNames));
    }

    private IssuedCertificate issue(String subject, Life life, byte[] extensions) {
        KeyPair newKeys = newKeys();
        X509Certificate own = signed(subject, name, newKeys, keys, life, extensions);
        List<X509Certificate> all = with(own);
        return new IssuedCertificate(all.subList(0, all.size() - 1), newKeys.getPrivate());
    }

    private List<X509Certificate> with(X509Certificate own) {
        return Stream.concat(Stream.of(own), chain.stream()).toList();
    }

    // RFC 5280, section 4.1.
    private static X509Certificate signed(
            String subject, String issuer, KeyPair keys, KeyPair issuerKeys, Life life, byte[] extensions) {
        byte[] content = Der.sequence(
                Der.explicit(0, Der.integer(2)),
                Der.integer(new BigInteger(120, new SecureRandom()).setBit(119)),
                ECDSA_WITH_SHA256,
                distinguished(issuer),
                Der.sequence(Der.time(life.from().minusSeconds(60)), Der.time(life.end())),
                distinguished(subject),
                keys.getPublic().getEncoded(),
                Der.explicit(3, extensions));
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(issuerKeys.getPrivate());
            signature.update(content);
            byte[] whole = Der.sequence(content, ECDSA_WITH_SHA256, Der.bits(signature.sign()));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(whole));
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static byte[] extensions(boolean isAuthority, List<byte[]> alternativeNames) {
        List<byte[]> all = new ArrayList<>();
        if (isAuthority) {
            // Basic constraints with cA true, and key usage keyCertSign and cRLSign.
            all.add(critical("2.5.29.19", Der.sequence(Der.truth())));
            all.add(critical("2.5.29.15", Der.flags(0b0000_0110, 1)));
        }
        if (!alternativeNames.isEmpty()) {
            byte[] names = Der.sequence(alternativeNames.toArray(byte[][]::new));
            all.add(Der.sequence(Der.oid("2.5.29.17"), Der.octets(names)));
        }
        return Der.sequence(all.toArray(byte[][]::new));
    }

    private static byte[] critical(String oid, byte[] value) {
        return Der.sequence(Der.oid(oid), Der.truth(), Der.octets(value));
    }

    private static byte[] distinguished(String commonName) {
        return Der.sequence(Der.set(Der.sequence(Der.oid("2.5.4.3"), Der.text(commonName))));
    }

    private static List<byte[]> dnsNames(String... hosts) {
        return Arrays.stream(hosts).map(host -> Der.implicit(2, ascii(host))).toList();
    }

    private static Stream<byte[]> addresses(String host) {
        return IpAddress.isValid(host) ? Stream.of(Der.implicit(7, new IpAddress(host).bytes())) : Stream.empty();
    }

    private static List<byte[]> uris(String... uris) {
        return Arrays.stream(uris).map(uri -> Der.implicit(6, ascii(uri))).toList();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static KeyPair newKeys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            return generator.generateKeyPair();
        } catch (GeneralSecurityException failed) {
            throw new IllegalStateException(failed);
        }
    }
}
