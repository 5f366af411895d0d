package io.sallyport.compiler.envoy;

import static java.util.function.Function.identity;
import static java.util.stream.Collectors.toMap;

import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.security.JwtProvider;
import io.sallyport.domain.snapshot.EffectivePolicy;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PoliciesInForce;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.SourceClass;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** What a listener that reads HTTP asks for by name: tokens, who, and may. */
final class HttpTables {
    private final Snapshot target;
    private final ListenerSnapshot listener;
    private final Collection<ListenerSnapshot> before;
    private final PoliciesInForce policies;
    private final StampKeys keys;
    private final TokenPlaces places;

    /** {@code before} are earlier forms of the listener by whose routes requests may still come. */
    HttpTables(Snapshot target, ListenerSnapshot listener, Collection<ListenerSnapshot> before) {
        this.target = target;
        this.listener = listener;
        this.before = before;
        policies = PoliciesInForce.of(target.policies());
        keys = StampKeys.of(listener, before);
        places = TokenPlaces.of(listener, keys, policies);
    }

    /** {@code classes} are those of the target and those that rules still in effect may ask for. */
    Stream<Part> parts(List<SourceClass> classes) {
        return Stream.of(tokens(), who(classes), may(), Stream.of(authorization()), services(), Stream.of(limits()))
                .flatMap(parts -> parts);
    }

    private Stream<Part> services() {
        List<EffectivePolicy> asked = policies.anywhereAt(listener).toList();
        var services = new Services(target);
        List<?> inputs = List.of(asked, services.of(asked));
        String authorization = ResourceNames.externalAuthorization(own());
        String counting = ResourceNames.counting(own());
        return Stream.of(
                part(
                        authorization,
                        inputs,
                        () -> ServiceFilters.table(
                                authorization, asked, policy -> ExternalAuthorizations.of(policy, services))),
                part(
                        counting,
                        inputs,
                        () -> ServiceFilters.table(counting, asked, policy -> CountingServices.of(policy, services))));
    }

    private Part limits() {
        String name = ResourceNames.limits(own());
        List<EffectivePolicy> asked = policies.anywhereAt(listener).toList();
        return part(name, asked, () -> RateLimits.table(name, asked));
    }

    private Part authorization() {
        String name = ResourceNames.authorization(own());
        SourceForms forms = AuthorizationTable.forms(SourceForms.of(target.sources()), policies, listener);
        return part(
                name,
                List.of(AuthorizationTable.inputs(policies, listener, keys), forms),
                () -> new AuthorizationTable(policies, listener, keys, forms).of(name));
    }

    private Stream<Part> tokens() {
        if (own().isMutual()) {
            return Stream.empty();
        }
        String name = ResourceNames.tokens(own());
        return Stream.of(part(name, List.of(places), () -> TokenTable.of(name, places)));
    }

    private Stream<Part> who(List<SourceClass> classes) {
        List<JwtProvider> jwt = places.providers();
        var tables = new SourceTables(own(), jwt, classes);
        List<SourceClass> addressed =
                classes.stream().filter(one -> !one.ipBlocks().isEmpty()).toList();
        String identities = ResourceNames.identities(own());
        String addresses = ResourceNames.addresses(own());
        return Stream.of(
                part(identities, List.of(own(), jwt, classes), () -> tables.identities(identities)),
                part(addresses, List.of(own(), addressed), () -> tables.addresses(addresses)));
    }

    private Stream<Part> may() {
        var forms = SourceForms.of(target.sources());
        return buckets().entrySet().stream().map(bucket -> {
            String name = ResourceNames.rules(own(), bucket.getKey());
            List<HostEntry> hosts = bucket.getValue();
            SourceForms used = forms.usedBy(hosts);
            return part(
                    name,
                    List.of(hosts, used, target.defaultAction()),
                    () -> new HttpRuleTable(used, target.defaultAction(), bucket.getKey()).part(name, hosts));
        });
    }

    // A host that has moved is in both parts, with the rules of now; one that is gone is refused by default.
    private SortedMap<Integer, List<HostEntry>> buckets() {
        Map<Integer, List<HostEntry>> buckets = new HashMap<>();
        for (int bucket = 0; bucket < target.ruleBuckets(); bucket++) {
            buckets.put(bucket, new ArrayList<>());
        }
        listener.hosts().forEach(host -> add(buckets, host.bucket(), host));
        if (before.isEmpty()) {
            return new TreeMap<>(buckets);
        }
        Map<HostPattern, HostEntry> hosts = listener.hosts().stream().collect(toMap(HostEntry::host, identity()));
        before.stream().flatMap(each -> each.hosts().stream()).forEach(host -> {
            HostEntry now = hosts.get(host.host());
            if (now != null && now.bucket() != host.bucket()) {
                add(buckets, host.bucket(), now);
            }
        });
        return new TreeMap<>(buckets);
    }

    private static void add(Map<Integer, List<HostEntry>> buckets, int bucket, HostEntry host) {
        buckets.computeIfAbsent(bucket, unseen -> new ArrayList<>()).add(host);
    }

    private Listener own() {
        return listener.listener();
    }

    private static Part part(String name, List<?> inputs, Supplier<TypedExtensionConfig> config) {
        return new Part(ResourceType.EXTENSION_CONFIG, name, inputs, config);
    }
}
