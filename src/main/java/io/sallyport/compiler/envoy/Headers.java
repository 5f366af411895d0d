package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.config.common.mutation_rules.v3.HeaderMutation;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption;
import io.envoyproxy.envoy.config.core.v3.HeaderValueOption.HeaderAppendAction;
import java.util.List;

/** The headers by which our filters speak to each other, and those that no client may speak by. */
final class Headers {
    /** The classes of the source by who it is: {@code |c1|c7|}. */
    static final String IDENTITIES = "x-sallyport-identities";

    /** Its classes by where it comes from. */
    static final String ADDRESSES = "x-sallyport-addresses";

    /** Whose token it carries, proven. */
    static final String ISSUER = "x-sallyport-issuer";

    /** Whom that issuer calls it. */
    static final String SUBJECT = "x-sallyport-subject";

    /** Where the source comes from, for those who count it. */
    static final String SOURCE = "x-sallyport-source";

    /** What is asked by services is asked by this policy. */
    static final String POLICY = "x-sallyport-policy";

    /** Written where a source without a token may prove more by one. */
    static final String ASKS_FOR_TOKEN = "x-sallyport-asks-for-token";

    /** The bucket of the rules that decide, and the host and port that they are about: {@code 7/api.example:80}. */
    static final String DESTINATION = "x-sallyport-destination";

    /** Of a tunnel that is looked into: the cluster that it leads to. */
    static final String TUNNEL = "x-sallyport-tunnel";

    /** The name that is resolved for it, where that is not the host of the authority. */
    static final String TUNNEL_HOST = "x-sallyport-tunnel-host";

    /** The port that is connected to, where the cluster has no endpoints. */
    static final String TUNNEL_PORT = "x-sallyport-tunnel-port";

    /** Taken from a request before anything reads it. */
    static final List<String> PREFIXES_NOT_TAKEN = List.of("x-sallyport-", "x-envoy-", "x-forwarded-");

    /** Taken from a request before it goes upstream: ours, those for proxies, and those that Envoy adds by itself. */
    static final List<String> NOT_SENT = List.of(
            IDENTITIES,
            ADDRESSES,
            ISSUER,
            SUBJECT,
            SOURCE,
            POLICY,
            ASKS_FOR_TOKEN,
            DESTINATION,
            "proxy-authorization",
            "proxy-connection",
            "forwarded",
            "x-forwarded-for",
            "x-forwarded-host",
            "x-forwarded-port",
            "x-forwarded-proto",
            "x-request-id");

    private Headers() {}

    static HeaderMutation set(String name, String value) {
        return HeaderMutation.newBuilder()
                .setAppend(HeaderValueOption.newBuilder()
                        .setHeader(HeaderValue.newBuilder().setKey(name).setValue(value))
                        .setAppendAction(HeaderAppendAction.OVERWRITE_IF_EXISTS_OR_ADD))
                .build();
    }
}
