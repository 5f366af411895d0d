package io.sallyport.local.differential;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Destinations of all resolutions.
 *
 * @param own the namespace
 * @param hosts that it owns
 * @param isOpen whether all namespaces may use it, and it speaks HTTP
 */
record RandomDestination(Dice dice, String own, List<String> hosts, boolean isOpen) {
    static final List<String> PATTERNS = List.of(
            "*.example",
            "*.x.example",
            "*.y.x.example",
            "a.x.example",
            "c.y.x.example",
            "y.x.example",
            "x.example",
            "z.test",
            "*.test",
            Names.ALSO_OPEN,
            "*",
            "w.test");
    private static final List<String> SERVICES = List.of(
            "{number: 80, protocol: HTTP, targetPort: %d}",
            "{number: 8443, protocol: TLS, targetPort: %d}",
            "{number: 5432, protocol: TCP, targetPort: %d}",
            "{number: 8080, protocol: HTTP2, targetPort: %d}",
            "{number: 9090, protocol: GRPC, targetPort: %d}",
            "{number: 443, protocol: HTTPS, targetPort: %d}");
    // All but two of them speak it.
    private static final int WITH_HTTP = 3;
    private static final List<String> ADDRESSES =
            List.of("127.9.0.0/16", "127.9.7.0/24", "127.0.0.0/24", Names.LAST_OPEN + "/32", Names.DENIED + "/32");

    String document(int index) {
        boolean isAsAsked = dice.in(6);
        String owned = isAsAsked && dice.in(2) ? "" : "hosts: [\"%s\"], ".formatted(String.join("\", \"", hosts));
        String addresses = isAsAsked || dice.in(4) ? ", addresses: [%s]".formatted(ADDRESSES.get(index)) : "";
        String visibility =
                !isOpen && dice.in(3) ? "" : ", visibility: [%s]".formatted(String.join(", ", RandomPolicy.NAMESPACES));
        return """
                {apiVersion: sallyport.io/v1, kind: Destination, metadata: {namespace: %s, name: d%d, labels: {kind: %s}},
                 spec: {%sports: [%s], %s%s%s%s%s}}
                """.formatted(
                        own,
                        index,
                        dice.one(List.of("pay", "mail")),
                        owned,
                        ports(index),
                        isAsAsked ? "resolution: Original" : found(),
                        owned.isEmpty() ? "" : ", delegates: " + delegates(),
                        dice.in(4) ? ", addressGuard: {deny: [%s/32]}".formatted(Names.GUARDED) : "",
                        visibility,
                        addresses);
    }

    // A wildcard says no name that could be asked for before a request comes.
    private String found() {
        boolean areNames = hosts.stream().noneMatch(host -> host.startsWith("*") || host.matches("[0-9.]+"));
        return switch (dice.below(areNames ? 5 : 4)) {
            case 0 -> "resolution: Static, endpoints: [{address: %s}]".formatted(Names.OPEN);
            case 1 ->
                "resolution: Static, endpoints: [{address: %s}, {address: %s}]".formatted(Names.OPEN, Names.LAST_OPEN);
            case 2 ->
                "resolution: DNS, dns: {refreshRate: 1s}, endpoints: [{address: %s}]"
                        .formatted(dice.one(Names.ENDPOINTS));
            case 3 -> "resolution: Dynamic, dns: {refreshRate: 1s}";
            default -> "resolution: DNS, dns: {refreshRate: 1s}";
        };
    }

    private String delegates() {
        return hosts.stream()
                .filter(host -> host.startsWith("*"))
                .flatMap(host -> RandomPolicy.NAMESPACES.stream()
                        .filter(namespace -> !namespace.equals(own))
                        .map(namespace -> "{host: \"%s\", namespace: %s}".formatted(host, namespace)))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private String ports(int index) {
        List<Integer> services =
                new ArrayList<>(IntStream.range(0, SERVICES.size()).boxed().toList());
        Collections.shuffle(services, dice.random());
        return services.subList(0, Math.max(isOpen ? WITH_HTTP : 1, 1 + dice.below(services.size()))).stream()
                .map(service -> SERVICES.get(service).formatted(Upstreams.logicalPort(index, service)))
                .collect(Collectors.joining(", "));
    }
}
