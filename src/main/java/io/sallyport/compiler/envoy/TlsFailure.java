package io.sallyport.compiler.envoy;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Why TLS to an upstream came to nothing, as BoringSSL says it within Envoy's details of a response. The first holds. */
enum TlsFailure {
    NAME("the upstream's certificate is for another name", "verify_SAN_list", "SAN_matcher"),
    EXPIRED("the upstream's certificate has expired", "certificate_has_expired"),
    EARLY("the upstream's certificate is not valid yet", "certificate_is_not_yet_valid"),
    UNTRUSTED("the upstream's certificate is signed by nobody who is trusted", "CERTIFICATE_VERIFY_FAILED"),
    VERSION("the upstream speaks no version of TLS that is accepted", "PROTOCOL_VERSION", "UNSUPPORTED_PROTOCOL"),
    CLEAR("the upstream speaks no TLS", "WRONG_VERSION_NUMBER", "HTTP_REQUEST"),
    REFUSED(
            "the upstream refused the handshake: it may ask for a client certificate, or know no cipher suite or"
                    + " protocol that is offered",
            "ALERT");

    private static final String OTHERWISE = "TLS to the upstream came to nothing";

    private final String detail;
    private final String condition;

    TlsFailure(String detail, String... marks) {
        this.detail = detail;
        this.condition = Arrays.stream(marks).map(Reason::has).collect(Collectors.joining(" || "));
    }

    /** Which of them it was, in words: an expression in CEL. */
    static String inWords() {
        return Arrays.stream(values()).map(TlsFailure::choice).collect(Collectors.joining()) + quoted(OTHERWISE);
    }

    private String choice() {
        return "(" + condition + ") ? " + quoted(detail) + " : ";
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "\\'") + "'";
    }
}
