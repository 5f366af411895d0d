package io.sallyport.push.xds;

import io.sallyport.compiler.envoy.ResourceType;
import io.sallyport.domain.Kind;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.agent.Held;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.Upstream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Why single resources are parked, whose they are, and when they are tried again. */
final class ParkedResources {
    private final Map<String, String> words = new HashMap<>();
    private final Retries retries = new Retries();

    void refused(String typeUrl, Refused refused) {
        refused.names().forEach(name -> words.put(typeUrl + name, refused.message()));
        words.put(typeUrl, refused.message());
    }

    /** Those whose reason may have passed, by type. */
    <Q, R> Map<String, List<String>> due(Map<String, TypeSession<Q, R>> types, Instant now) {
        Map<String, List<String>> due = new TreeMap<>();
        Set<String> parkedNow = new TreeSet<>();
        types.forEach((typeUrl, type) -> type.parked().forEach((name, version) -> {
            parkedNow.add(typeUrl + name);
            if (mayPass(typeUrl, name) && retries.isDue(new Retries.Parked(typeUrl, name, version), now)) {
                due.computeIfAbsent(typeUrl, ignored -> new ArrayList<>()).add(name);
            }
        }));
        words.keySet().removeIf(key -> !types.containsKey(key) && !parkedNow.contains(key));
        return due;
    }

    Instant deadline() {
        return retries.deadline();
    }

    // A refused secret that comes again as it is would be accepted and not used.
    private boolean mayPass(String typeUrl, String name) {
        return typeUrl.equals(ResourceType.LISTENER.typeUrl()) && EnvoyWords.mayPass(wordsOf(typeUrl, name));
    }

    private String wordsOf(String typeUrl, String name) {
        return words.getOrDefault(typeUrl + name, words.getOrDefault(typeUrl, ""));
    }

    /** One for each object, whatever came of it. */
    <Q, R> List<Held> held(Map<String, TypeSession<Q, R>> types, Snapshot source) {
        SortedMap<ResourceKey, Held> held = new TreeMap<>();
        types.forEach((typeUrl, type) -> type.parked().keySet().forEach(name -> {
            ResourceKey object = object(typeUrl, name, source);
            held.putIfAbsent(object, new Held(object, wordsOf(typeUrl, name), mayPass(typeUrl, name)));
        }));
        return List.copyOf(held.values());
    }

    private static ResourceKey object(String typeUrl, String name, Snapshot source) {
        ResourceKey gateway = new ResourceKey(Kind.EGRESS_GATEWAY, source.gateway());
        return ResourceType.ofTypeUrl(typeUrl)
                .map(type -> switch (type) {
                    case SECRET -> secret(name, source, gateway);
                    case CLUSTER, ENDPOINTS -> destination(name, source, gateway);
                    case LISTENER, ROUTES, EXTENSION_CONFIG -> gateway;
                })
                .orElse(gateway);
    }

    private static ResourceKey secret(String name, Snapshot source, ResourceKey otherwise) {
        return source.secrets().stream()
                .map(secret -> secret.name())
                .filter((ResourceName secret) -> secret.toString().equals(name))
                .findFirst()
                .map(secret -> new ResourceKey(Kind.CREDENTIAL, secret))
                .orElse(otherwise);
    }

    // A cluster is called as its upstream, after the word for the way to it.
    private static ResourceKey destination(String name, Snapshot source, ResourceKey otherwise) {
        return source.upstreams().stream()
                .filter(upstream -> name.equals(upstream.name()) || name.endsWith("/" + upstream.name()))
                .findFirst()
                .map(Upstream::destination)
                .map(destination -> new ResourceKey(Kind.DESTINATION, destination))
                .orElse(otherwise);
    }
}
