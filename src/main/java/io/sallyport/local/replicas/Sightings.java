package io.sallyport.local.replicas;

import io.envoyproxy.envoy.service.discovery.v3.DeltaDiscoveryResponse;
import io.envoyproxy.envoy.service.discovery.v3.Resource;
import io.sallyport.compiler.envoy.ResourceType;
import io.sallyport.local.EnvoyReferences;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What one agent has, over all its streams, and what it had: a name that was gone must never be there again. */
final class Sightings {
    private static final Pattern NAME = Pattern.compile("r\\d+x\\d+x|h\\d+x\\d+x\\.example");

    private final Map<ResourceType, Map<String, Held>> held = new EnumMap<>(ResourceType.class);
    private final Set<String> gone = new HashSet<>();

    /** A resource, the names in it, and what it refers to. */
    private record Held(String version, Set<String> names, Map<ResourceType, Set<String>> references) {}

    /** Names that came back. */
    List<String> take(ResourceType type, DeltaDiscoveryResponse response) {
        Set<String> before = names();
        Map<String, Held> ofType = held.computeIfAbsent(type, ignored -> new TreeMap<>());
        response.getRemovedResourcesList().forEach(ofType::remove);
        response.getResourcesList().forEach(resource -> ofType.put(resource.getName(), held(resource)));
        Set<String> after = names();
        List<String> back = new ArrayList<>(after);
        back.retainAll(gone);
        before.removeAll(after);
        gone.addAll(before);
        return back;
    }

    private static Held held(Resource resource) {
        String text = resource.getResource().getValue().toString(StandardCharsets.ISO_8859_1);
        Set<String> names = new TreeSet<>();
        Matcher matcher = NAME.matcher(text);
        while (matcher.find()) {
            names.add(matcher.group());
        }
        return new Held(resource.getVersion(), names, EnvoyReferences.in(resource.getResource()));
    }

    Set<String> names() {
        Set<String> names = new TreeSet<>();
        held.values().forEach(ofType -> ofType.values().forEach(each -> names.addAll(each.names())));
        return names;
    }

    Map<ResourceType, Map<String, String>> versions() {
        Map<ResourceType, Map<String, String>> versions = new EnumMap<>(ResourceType.class);
        held.forEach((type, ofType) -> {
            Map<String, String> known = versions.computeIfAbsent(type, ignored -> new TreeMap<>());
            ofType.forEach((name, each) -> known.put(name, each.version()));
        });
        return versions;
    }

    /** What it refers to and does not have: an Envoy asks for that again. */
    Map<ResourceType, Set<String>> missing() {
        Map<ResourceType, Set<String>> missing = new EnumMap<>(ResourceType.class);
        held.values()
                .forEach(ofType -> ofType.values()
                        .forEach(each -> each.references()
                                .forEach((type, names) -> missing.computeIfAbsent(type, ignored -> new TreeSet<>())
                                        .addAll(names))));
        missing.forEach((type, names) ->
                names.removeAll(held.getOrDefault(type, Map.of()).keySet()));
        return missing;
    }
}
