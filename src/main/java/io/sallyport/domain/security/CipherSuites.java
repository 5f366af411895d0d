package io.sallyport.domain.security;

import java.util.List;
import java.util.stream.Stream;

/** What TLS 1.2 can be spoken with, by the names of OpenSSL; TLS 1.3 has its own, which are not chosen. */
public final class CipherSuites {
    /** Authenticated encryption, with a key that is forgotten after the connection. */
    public static final List<String> STRONG = List.of(
            "ECDHE-ECDSA-AES128-GCM-SHA256",
            "ECDHE-RSA-AES128-GCM-SHA256",
            "ECDHE-ECDSA-AES256-GCM-SHA384",
            "ECDHE-RSA-AES256-GCM-SHA384",
            "ECDHE-ECDSA-CHACHA20-POLY1305",
            "ECDHE-RSA-CHACHA20-POLY1305");

    /** For destinations that know no better (RFC 9325, section 4.2, says why). */
    public static final List<String> WEAK = List.of(
            "ECDHE-ECDSA-AES128-SHA",
            "ECDHE-RSA-AES128-SHA",
            "ECDHE-ECDSA-AES256-SHA",
            "ECDHE-RSA-AES256-SHA",
            "AES128-GCM-SHA256",
            "AES256-GCM-SHA384",
            "AES128-SHA",
            "AES256-SHA");

    private CipherSuites() {}

    /** All that Envoy knows. */
    public static List<String> all() {
        return Stream.concat(STRONG.stream(), WEAK.stream()).toList();
    }
}
