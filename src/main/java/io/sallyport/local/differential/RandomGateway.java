package io.sallyport.local.differential;

import java.util.List;

/**
 * The gateway under trial, and another one.
 *
 * @param buckets that rules travel in; another number would make listeners anew
 * @param hasIpv6 whether it can listen at {@code ::1}
 */
record RandomGateway(Dice dice, int buckets, boolean hasIpv6) {

    /**
     * @param allowed whose resources it takes
     * @param timesBound once in so many times a listener is for some hosts alone
     */
    String internet(String allowed, int timesBound, String oneDestination, String otherDestination) {
        return """
                {apiVersion: sallyport.io/v1, kind: EgressGateway, metadata: {namespace: edge, name: internet},
                 spec: {agentSelector: {identities: [{clientId: gateway-internet}]}, allowedNamespaces: %s,
                  defaultAction: %s, addressPolicy: {permit: [127.9.0.0/16], deny: [%s/32]}, ruleBuckets: %d,
                  listeners: [{name: http, address: 127.0.0.1, port: 101, protocol: HTTP%s},
                              {name: tls, address: 127.0.0.1, port: 104, protocol: TLS%s},
                              {name: tcp, address: 127.0.0.1, port: 105, protocol: TCP, destinationRef: %s},
                              {name: connect, address: 127.0.0.1, port: 106, protocol: CONNECT%s},
                              {name: ptls, address: 127.0.0.1, port: 108, protocol: TLS, acceptProxyProtocol: true%s},
                              {name: ptcp, address: 127.0.0.1, port: 109, protocol: TCP, acceptProxyProtocol: true,
                               destinationRef: %s},
                              {name: https, address: 127.0.0.1, port: 110, protocol: HTTPS, tls: %s%s},
                              {name: mutual, address: 127.0.0.1, port: 111, protocol: HTTPS, tls: %s%s},
                              {name: secure, address: 127.0.0.1, port: 113, protocol: CONNECT, tls: %s%s}%s]}}
                """.formatted(
                        allowed,
                        dice.in(3) ? "Allow" : "Deny",
                        Names.DENIED,
                        buckets,
                        hostnames(timesBound),
                        hostnames(timesBound),
                        oneDestination,
                        hostnames(timesBound),
                        hostnames(timesBound),
                        otherDestination,
                        terminating(),
                        hostnames(timesBound),
                        mutual(),
                        hostnames(timesBound),
                        mutual(),
                        hostnames(timesBound),
                        hasIpv6 ? ", {name: six, address: \"::1\", port: 112, protocol: HTTP}" : "");
    }

    private static String terminating() {
        return "{mode: Terminate, credentialRef: {name: gate}}";
    }

    private static String mutual() {
        return "{mode: Mutual, credentialRef: {name: gate}, clientCaRef: {name: clients}}";
    }

    private String hostnames(int times) {
        return dice.in(times)
                ? ", hostnames: [\"%s\", \"%s\"]"
                        .formatted(dice.one(RandomDestination.PATTERNS), dice.one(RandomAttempt.HOSTS))
                : "";
    }

    static String elsewhere() {
        return """
                {apiVersion: sallyport.io/v1, kind: EgressGateway, metadata: {namespace: edge, name: elsewhere},
                 spec: {agentSelector: {identities: [{clientId: gateway-elsewhere}]}, allowedNamespaces: {from: All},
                  addressPolicy: {permit: [127.0.0.0/8]},
                  listeners: [{name: http, address: 127.0.0.1, port: 102, protocol: HTTP}]}}
                """;
    }

    /** Whom its destinations' certificates are believed of: the right ones; of one namespace nobody is. */
    static String trust(String namespace, List<String> destinations) {
        return """
                {apiVersion: sallyport.io/v1, kind: SecurityPolicy, metadata: {namespace: %s, name: trust},
                 spec: {targetRefs: [%s], tls: {caRef: {name: roots}}}}
                """.formatted(
                        namespace,
                        String.join(
                                ", ",
                                destinations.stream()
                                        .map("{kind: Destination, name: %s}"::formatted)
                                        .toList()));
    }
}
