package io.sallyport.compiler.envoy;

import static java.util.stream.Collectors.toSet;

import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.sallyport.domain.Destination.Resolution;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.AuthorizationClause;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PoliciesInForce;
import io.sallyport.domain.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What a TLS listener asks for by name. */
final class TlsTables {
    private final Snapshot target;
    private final Listener own;
    private final ListenerSnapshot listener;
    private final UnreadWays ways;
    private final PoliciesInForce policies;
    private final Collection<ListenerSnapshot> before;

    /** {@code before} are earlier forms of the listener that connections may still come by. */
    TlsTables(Snapshot target, ListenerSnapshot listener, Collection<ListenerSnapshot> before) {
        this.target = target;
        this.own = listener.listener();
        this.listener = listener;
        this.ways = new UnreadWays(target);
        this.policies = PoliciesInForce.of(target.policies());
        this.before = before;
    }

    Stream<Part> parts() {
        var shards = shards(listener);
        List<List<HostEntry>> hosts = sharded(shards);
        Stream<Part> sharded =
                IntStream.range(0, shards.count()).boxed().flatMap(shard -> ofShard(shard, hosts.get(shard)));
        return Stream.concat(ofAllShards(shards, Passthrough.of(listener, ways)), sharded);
    }

    private Shards shards(ListenerSnapshot form) {
        return new Shards(
                form.hosts().stream().map(HostEntry::host).toList(),
                ConnectionSkeleton.shards(
                        target.ruleBuckets(), target.settings().conduct()));
    }

    private Stream<Part> ofAllShards(Shards shards, List<Passthrough> passthroughs) {
        String names = ResourceNames.shards(own);
        String moments = ResourceNames.moments(own);
        String shadows = ResourceNames.shadows(own);
        List<HostEntry> everKnown = everKnown();
        ConnectionAudits audits = audits();
        Stream<Part> tables = Stream.of(
                part(names, shards.outermost(), () -> ShardTable.of(names, shards.outermost())),
                part(moments, List.of(everKnown, audits.inputs()), () -> MomentTable.of(moments, everKnown, audits)),
                part(
                        shadows,
                        List.of(listener.hosts(), target.sources()),
                        () -> rules().shadows(shadows, listener.hosts())));
        return Stream.concat(tables, resolvers(passthroughs));
    }

    private ConnectionAudits audits() {
        SequencedMap<HostEntry, List<AuthorizationClause>> byHost = new LinkedHashMap<>();
        authorization(listener.hosts())
                .forEach((host, clauses) -> host.ports().stream()
                        .limit(1)
                        .map(port -> clauses.at(port.number()).audits())
                        .filter(audits -> !audits.isEmpty())
                        .forEach(audits -> byHost.put(host.place(), audits)));
        return new ConnectionAudits(byHost.isEmpty() ? List.of() : target.sources(), byHost);
    }

    /** What policies allow of what rules allow there. */
    private SequencedMap<HostEntry, ClauseGroups> authorization(Collection<HostEntry> hosts) {
        SequencedMap<HostEntry, ClauseGroups> clauses = new LinkedHashMap<>();
        hosts.forEach(host ->
                clauses.put(host, ClauseGroups.of(policies.at(listener, host).authorization())));
        return clauses;
    }

    private Stream<Part> resolvers(List<Passthrough> passthroughs) {
        Set<Resolver> used = passthroughs.stream()
                .filter(Passthrough::isResolved)
                .map(passthrough -> Resolver.of(passthrough.upstream(), target.addressPolicy()))
                .collect(toSet());
        return Stream.concat(Stream.of(Resolver.ofGateway(target.addressPolicy())), used.stream())
                .distinct()
                .map(resolver -> {
                    String name = ResourceNames.resolver(own, resolver.key());
                    boolean isNeeded =
                            used.contains(resolver) && WayOut.of(target).isStraight();
                    return part(
                            name,
                            List.of(resolver, isNeeded),
                            () -> ResolverTable.of(name, isNeeded, resolver.cache()));
                });
    }

    private Stream<Part> ofShard(int shard, List<HostEntry> hosts) {
        String where = ResourceNames.hosts(own, shard);
        String may = ResourceNames.rules(own, shard);
        List<Passthrough> passthroughs = Passthrough.of(hosts, ways);
        List<HostPattern> names = hosts.stream().map(HostEntry::host).toList();
        SequencedMap<HostEntry, ClauseGroups> decided =
                authorization(hosts.stream().map(ways::decided).toList());
        SequencedMap<HostEntry, ClauseGroups> madeUp = authorization(withNamesThatClientsMakeUp(hosts, passthroughs));
        return Stream.of(
                part(
                        where,
                        List.of(
                                names,
                                passthroughs,
                                madeUp,
                                madeUp.isEmpty() ? List.of() : target.sources(),
                                target.defaultAction(),
                                target.addressPolicy()),
                        () -> SniTable.of(
                                where,
                                names,
                                passthroughs,
                                new Lookups(passthroughs, permits(madeUp), target.addressPolicy()))),
                part(
                        may,
                        List.of(decided, target.sources(), target.defaultAction()),
                        () -> rules().part(may, decided)));
    }

    private static List<HostEntry> withNamesThatClientsMakeUp(List<HostEntry> hosts, List<Passthrough> passthroughs) {
        Set<HostPattern> dynamic = passthroughs.stream()
                .filter(passthrough -> passthrough.upstream().resolution() == Resolution.DYNAMIC)
                .map(Passthrough::host)
                .collect(toSet());
        return hosts.stream().filter(host -> dynamic.contains(host.host())).toList();
    }

    private Permits permits(SequencedMap<HostEntry, ClauseGroups> hosts) {
        return new Permits(target.sources(), hosts, target.defaultAction());
    }

    private TlsRuleTable rules() {
        return new TlsRuleTable(target.sources(), target.defaultAction());
    }

    // A host that has moved is in both parts, with the rules of now; one that is gone is refused by default.
    private List<List<HostEntry>> sharded(Shards shards) {
        List<List<HostEntry>> hosts = new ArrayList<>();
        IntStream.range(0, shards.count()).forEach(shard -> hosts.add(new ArrayList<>()));
        List<Shards> earlier = before.stream().map(this::shards).toList();
        for (HostEntry host : listener.hosts()) {
            if (host.host().isEverything()) {
                hosts.forEach(shard -> shard.add(host));
            } else if (!host.host().isRange()) {
                Stream.concat(Stream.of(shards), earlier.stream())
                        .map(each -> each.of(host.host()))
                        .distinct()
                        .forEach(shard -> hosts.get(shard).add(host));
            }
        }
        return hosts;
    }

    private List<HostEntry> everKnown() {
        Set<HostEntry> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        return Stream.concat(Stream.of(listener), before.stream())
                .flatMap(each -> each.hosts().stream())
                .filter(seen::add)
                .toList();
    }

    private static Part part(String name, List<?> inputs, Supplier<TypedExtensionConfig> config) {
        return new Part(ResourceType.EXTENSION_CONFIG, name, inputs, config);
    }
}
