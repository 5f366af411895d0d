package io.sallyport.domain.security;

import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.IpAddress;
import java.net.URI;
import java.net.URISyntaxException;

/** A name that a certificate must have (RFC 5280, section 4.2.1.6). */
public sealed interface SubjectAltName {
    /** As it is written. */
    String text();

    /** Also where the certificate has it by a wildcard of one label (RFC 6125, section 6.4.3). */
    record Dns(String text) implements SubjectAltName {}

    record Address(String text) implements SubjectAltName {}

    record Uri(String text) implements SubjectAltName {}

    /** Tells which of them it is; throws IllegalArgumentException where it is none. */
    static SubjectAltName parse(String text) {
        if (text.contains("://")) {
            return new Uri(uri(text));
        }
        if (IpAddress.isValid(text)) {
            return new Address(text);
        }
        return new Dns(name(text));
    }

    /** A name in DNS without wildcards, in the form in which it is compared. */
    static String name(String text) {
        HostPattern host = HostPattern.parse(text);
        if (host.isWildcard() || IpAddress.isValid(host.value())) {
            throw new IllegalArgumentException(
                    "'%s' is not the name of one host: use api.example.com for example".formatted(text));
        }
        return host.value();
    }

    private static String uri(String text) {
        try {
            return new URI(text).toString();
        } catch (URISyntaxException malformed) {
            throw new IllegalArgumentException(
                    "'%s' is not a URI: use spiffe://partner.example/api for example".formatted(text), malformed);
        }
    }
}
