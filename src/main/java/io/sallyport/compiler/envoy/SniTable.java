package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.Upstream.UpstreamEndpoint;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * The table where of a TLS listener: the server name to the host that owns it. That host names the cluster and the rules
 * alike. An exact host is its own name, so only wildcards, and what is exact below them, are written out.
 */
final class SniTable {
    static final String HOST = "sallyport.host";

    // The server name comes in lower case; a trailing dot is taken off.
    private static final String NAME = "re.extract(connection.requested_server_name, '^(.*[^.])[.]?$', '\\\\1')";
    private static final Comparator<HostPattern> WIDEST_FIRST = Comparator.comparing(HostPattern::isWildcard)
            .reversed()
            .thenComparingInt(host -> host.value().length())
            .thenComparing(Comparator.naturalOrder());

    private final FilterState state = new FilterState();

    private SniTable() {}

    static TypedExtensionConfig of(String name, Collection<HostEntry> hosts, Collection<Passthrough> passthroughs) {
        var table = new SniTable();
        table.addHosts(hosts.stream().map(HostEntry::host).sorted(WIDEST_FIRST).toList());
        table.state.known("envoy.tcp_proxy.cluster", ResourceNames.PASSTHROUGH + "%FILTER_STATE(" + HOST + ":PLAIN)%");
        table.addNamesToResolve(passthroughs.stream()
                .filter(Passthrough::isResolved)
                .sorted(Comparator.comparing(Passthrough::host, WIDEST_FIRST))
                .toList());
        return Composites.extension(name, table.state.filter());
    }

    private void addHosts(List<HostPattern> hosts) {
        List<HostPattern> wildcards =
                hosts.stream().filter(HostPattern::isWildcard).toList();
        List<HostPattern> exact = hosts.stream()
                .filter(host -> !host.isWildcard())
                .filter(host -> wildcards.stream().anyMatch(wildcard -> wildcard.covers(host)))
                .toList();
        state.text(HOST, cel(NAME));
        wildcards.forEach(wildcard -> state.text(HOST, where(isBelow(wildcard), "'" + wildcard + "'")));
        if (!exact.isEmpty()) {
            state.text(HOST, where(isOneOf(exact), NAME));
        }
    }

    // Clusters that resolve are told the name and the port with each connection; the last that applies holds.
    private void addNamesToResolve(List<Passthrough> passthroughs) {
        if (!passthroughs.isEmpty()) {
            state.known("envoy.upstream.dynamic_host", ResolverTable.NOTHING_TO_RESOLVE);
        }
        passthroughs.stream()
                .filter(passthrough -> passthrough.host().isWildcard())
                .forEach(passthrough -> addNameToResolve(isBelow(passthrough.host()), passthrough.endpoint()));
        grouped(passthroughs.stream()
                        .filter(passthrough -> !passthrough.host().isWildcard())
                        .toList())
                .forEach((endpoint, hosts) -> addNameToResolve(isOneOf(hosts), endpoint));
    }

    private static SequencedMap<UpstreamEndpoint, List<HostPattern>> grouped(List<Passthrough> passthroughs) {
        SequencedMap<UpstreamEndpoint, List<HostPattern>> hosts = new LinkedHashMap<>();
        for (Passthrough passthrough : passthroughs) {
            hosts.merge(passthrough.endpoint(), List.of(passthrough.host()), SniTable::joined);
        }
        return hosts;
    }

    private static List<HostPattern> joined(List<HostPattern> first, List<HostPattern> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }

    private void addNameToResolve(String condition, UpstreamEndpoint endpoint) {
        Function<Object, String> format = value -> where(condition, "'" + value + "'");
        state.known("envoy.upstream.dynamic_host", format.apply(endpoint.address()));
        state.known("envoy.upstream.dynamic_port", format.apply(endpoint.port()));
    }

    private static String isBelow(HostPattern wildcard) {
        return NAME + ".endsWith('" + wildcard.value().substring(1) + "')";
    }

    private static String isOneOf(List<HostPattern> hosts) {
        List<String> quoted = hosts.stream().map(host -> "'" + host + "'").toList();
        return NAME + " in [" + String.join(", ", quoted) + "]";
    }

    private static String where(String condition, String value) {
        return cel(condition + " ? " + value + " : ''");
    }

    private static String cel(String expression) {
        return "%CEL(" + expression + ")%";
    }
}
