package io.sallyport.identity.mtls;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/** TLS of the gRPC server, which is for agents. Without a certificate it speaks in the clear. */
@ConfigMapping(prefix = "sallyport.grpc.tls")
public interface TlsSettings {
    /** The server's certificate chain in PEM, its own first. */
    Optional<Path> certificate();

    /** The private key of it in PEM, not encrypted. */
    Optional<Path> key();

    /**
     * A folder with the authorities of each SPIFFE trust domain: {@code <trust domain>.pem}, or {@code <trust domain>.json}
     * in the form of a SPIFFE bundle.
     */
    Optional<Path> trustBundles();

    /** Whether agents are asked for a certificate. Without trust bundles they are not, whatever this says. */
    @WithDefault("request")
    ClientCertificates clientCertificates();

    /** How often the files are looked at. */
    @WithDefault("2s")
    Duration reloadInterval();

    /** What agents are asked for. */
    enum ClientCertificates {
        /** A token proves them. */
        NONE,
        /** A certificate proves them, or a token; both must where both are shown. */
        REQUEST,
        /** Without a certificate there is no connection; a token besides must be right too. */
        REQUIRE
    }
}
