package io.sallyport.compiler.envoy;

import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.sallyport.domain.network.HostPattern;
import java.util.Collection;
import java.util.List;

/**
 * One part of the table where of a TLS listener: the server name to the host that owns it. That host names the cluster
 * and the rules alike. An exact host is its own name, so it is written out only where a wildcard is above it.
 */
final class SniTable {
    static final String HOST = "sallyport.host";

    private static final String CLUSTER = "envoy.tcp_proxy.cluster";

    private final FilterState state = new FilterState();

    private SniTable() {}

    /** {@code hosts} are those of the part, and what is in all parts. */
    static TypedExtensionConfig of(
            String name, Collection<HostPattern> hosts, Collection<Passthrough> passthroughs, Lookups lookups) {
        var table = new SniTable();
        table.addHosts(hosts.stream().sorted().toList());
        table.state.known(CLUSTER, ResourceNames.PASSTHROUGH + "%FILTER_STATE(" + HOST + ":PLAIN)%");
        passthroughs.stream()
                .filter(passthrough -> passthrough.way().isRouted())
                .forEach(passthrough -> table.state.known(
                        CLUSTER, CelText.where(passthrough.condition(), CelText.text(passthrough.cluster()))));
        lookups.writeTo(table.state);
        return Composites.extension(name, table.state.filter());
    }

    private void addHosts(List<HostPattern> hosts) {
        boolean hasEverything = hosts.stream().anyMatch(HostPattern::isEverything);
        List<HostPattern> suffixes =
                hosts.stream().filter(HostPattern::isSuffix).toList();
        var above = new SuffixSet(suffixes);
        List<HostPattern> exact = hosts.stream()
                .filter(host -> !host.isWildcard())
                .filter(host -> hasEverything || above.above(host).isPresent())
                .toList();
        state.text(HOST, "%FILTER_STATE(" + ShardTable.NAME + ":PLAIN)%");
        if (hasEverything) {
            state.text(HOST, CelText.where(hasName(), CelText.text(HostPattern.EVERYTHING)));
        }
        SuffixChoice.write(state, HOST, suffixes);
        if (!exact.isEmpty()) {
            state.text(HOST, CelText.where(CelText.isOneOf(ShardTable.NAME, exact), ShardTable.name()));
        }
    }

    private static String hasName() {
        return CelText.written(ShardTable.NAME) + " != b''";
    }
}
