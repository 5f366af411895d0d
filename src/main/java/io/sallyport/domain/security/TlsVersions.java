package io.sallyport.domain.security;

/** Which versions of TLS are spoken, both included. */
public record TlsVersions(Version oldest, Version newest) {
    public static final TlsVersions DEFAULT = new TlsVersions(Version.TLS_1_2, Version.TLS_1_3);

    public TlsVersions {
        if (oldest.compareTo(newest) > 0) {
            throw new IllegalArgumentException("minVersion is newer than maxVersion");
        }
    }

    /** Older ones are not spoken (RFC 8996). */
    public enum Version {
        TLS_1_2("1.2"),
        TLS_1_3("1.3");

        private final String number;

        Version(String number) {
            this.number = number;
        }

        /** {@code 1.2} for example. */
        public String number() {
            return number;
        }
    }
}
