package io.sallyport.compiler;

import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.security.Authentication;
import io.sallyport.domain.security.JwtProvider;
import io.sallyport.domain.snapshot.EffectivePolicy.Layer;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** How sources prove who they are where several policies say so: the closest of them. */
final class Authentications {
    private Authentications() {}

    /** At most one. The closest layers come first; those in one list are as close as each other. */
    static List<Authentication> of(Listener listener, List<List<Layer>> byDistance) {
        List<Authentication> closest = closest(byDistance);
        return closest.isEmpty() ? List.of() : List.of(together(closest, readsTokens(listener)));
    }

    /** The sections that are as close as any, whatever a listener can see of what they ask for. */
    static List<Authentication> closest(List<List<Layer>> byDistance) {
        return byDistance.stream()
                .map(Authentications::sections)
                .filter(sections -> !sections.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private static List<Authentication> sections(List<Layer> layers) {
        return layers.stream()
                .flatMap(layer -> layer.traffic().authentication().stream())
                .toList();
    }

    private static boolean readsTokens(Listener listener) {
        return listener.protocol().isHttp() && !listener.isMutual();
    }

    // Where two speak of one issuer, the first counts.
    private static Authentication together(Collection<Authentication> sections, boolean readsTokens) {
        SortedMap<String, JwtProvider> byIssuer = new TreeMap<>();
        if (readsTokens) {
            sections.stream()
                    .flatMap(section -> section.jwt().stream())
                    .forEach(provider -> byIssuer.putIfAbsent(provider.issuer(), provider));
        }
        return new Authentication(
                List.copyOf(byIssuer.values()),
                !byIssuer.isEmpty() && sections.stream().anyMatch(Authentication::tokenRequired),
                sections.stream().anyMatch(Authentication::certificateRequired));
    }
}
