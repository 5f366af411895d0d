package io.sallyport.compiler.cel;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** What conditions may ask of a request: what every data plane knows when it decides, and nothing that it may not. */
public enum Attribute {
    METHOD("request", "method", Type.TEXT),
    /** With its query. */
    PATH("request", "path", Type.TEXT),
    /** Without its query. */
    URL_PATH("request", "url_path", Type.TEXT),
    QUERY("request", "query", Type.TEXT),
    /** The authority, as it was written, without a trailing dot. */
    HOST("request", "host", Type.TEXT),
    HEADERS("request", "headers", Type.TEXTS),
    TIME("request", "time", Type.TIME),
    /** Whether the source has shown a certificate. */
    MUTUAL_TLS("connection", "mtls", Type.TRUTH),
    URI_SAN("connection", "uri_san_peer_certificate", Type.TEXT),
    SERVER_NAME("connection", "requested_server_name", Type.TEXT),
    /** Of the token; there is none without. */
    CLAIMS("claims", "", Type.ANY);

    private final String object;
    private final String field;
    private final Type type;

    Attribute(String object, String field, Type type) {
        this.object = object;
        this.field = field;
        this.type = type;
    }

    /** What it is a field of; its own name where it is no field. */
    public String object() {
        return object;
    }

    /** Empty where it is no field. */
    public String field() {
        return field;
    }

    Type type() {
        return type;
    }

    /** Whether an answer depends on how a path is read. */
    boolean isOfPaths() {
        return this == PATH || this == URL_PATH;
    }

    static boolean isObject(String name) {
        return Arrays.stream(values()).anyMatch(one -> one.object.equals(name));
    }

    static Optional<Attribute> of(String object, String field) {
        return Arrays.stream(values())
                .filter(one -> one.object.equals(object) && one.field.equals(field))
                .findFirst();
    }

    static String names() {
        return Arrays.stream(values())
                .map(one -> one.field.isEmpty() ? one.object : one.object + "." + one.field)
                .collect(Collectors.joining(", "));
    }
}
