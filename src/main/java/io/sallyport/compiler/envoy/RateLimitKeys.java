package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.route.v3.RateLimit.Action;
import io.envoyproxy.envoy.config.route.v3.RateLimit.Action.GenericKey;
import io.envoyproxy.envoy.extensions.rate_limit_descriptors.expr.v3.Descriptor;
import io.envoyproxy.envoy.type.metadata.v3.MetadataKey;
import io.sallyport.domain.security.RateLimit;
import io.sallyport.domain.snapshot.HostEntry;
import java.util.List;
import java.util.stream.Stream;

/** What is counted by itself, as a request says it. Every expression has a value, for without one nothing would count. */
final class RateLimitKeys {
    private static final String SOURCE = "source";
    private static final String SUBJECT = "subject";
    private static final String HOST = "host";
    private static final String RULE = "rule";
    private static final String CERTIFICATE = "connection.uri_san_peer_certificate";

    private RateLimitKeys() {}

    /** The names that the parts of a key have. */
    static List<String> names(RateLimit.Key key) {
        return switch (key) {
            case SOURCE -> List.of(SOURCE, SUBJECT);
            case HOST -> List.of(HOST);
            case RULE -> List.of(RULE);
        };
    }

    static Stream<Action> actions(RateLimit.Key key, HostEntry host) {
        return switch (key) {
            case SOURCE -> Stream.of(evaluated(SOURCE, source()), evaluated(SUBJECT, subject()));
            // However it was written: it is the route that knows.
            case HOST -> Stream.of(fixed(HOST, host.host().value()));
            case RULE -> Stream.of(rule());
        };
    }

    static Action fixed(String key, String value) {
        return Action.newBuilder()
                .setGenericKey(GenericKey.newBuilder().setDescriptorKey(key).setDescriptorValue(value))
                .build();
    }

    // The strongest identity: of a certificate, else the issuer of a token, else the address.
    private static String source() {
        return "connection.mtls && " + CERTIFICATE + " != '' ? " + CERTIFICATE + " : " + header(Headers.ISSUER)
                + header(Headers.SOURCE) + "'-'";
    }

    private static String subject() {
        return header(Headers.SUBJECT) + "'-'";
    }

    private static String header(String name) {
        return "'" + name + "' in request.headers ? request.headers['" + name + "'] : ";
    }

    private static Action evaluated(String key, String text) {
        Descriptor expression =
                Descriptor.newBuilder().setDescriptorKey(key).setText(text).build();
        return Action.newBuilder()
                .setExtension(TypedExtensionConfig.newBuilder()
                        .setName("envoy.rate_limit_descriptors.expr")
                        .setTypedConfig(Encoding.any(expression)))
                .build();
    }

    private static Action rule() {
        MetadataKey key = MetadataKey.newBuilder()
                .setKey("envoy.filters.http.rbac")
                .addPath(MetadataKey.PathSegment.newBuilder()
                        .setKey(HttpAccess.STATISTICS + "enforced_effective_policy_id"))
                .build();
        return Action.newBuilder()
                .setMetadata(Action.MetaData.newBuilder()
                        .setDescriptorKey(RULE)
                        .setMetadataKey(key)
                        .setDefaultValue("-")
                        .setSource(Action.MetaData.Source.DYNAMIC))
                .build();
    }
}
