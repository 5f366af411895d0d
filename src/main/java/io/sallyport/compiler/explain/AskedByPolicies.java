package io.sallyport.compiler.explain;

import io.sallyport.domain.decision.Verdict.Asked;
import io.sallyport.domain.security.TrafficPolicy;
import io.sallyport.domain.snapshot.EffectivePolicy;
import io.sallyport.domain.snapshot.EffectivePolicy.Layer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** What policies ask of an allowed request beside who and what may pass: of which sections, and by which policy. */
final class AskedByPolicies {
    private static final Map<String, Function<TrafficPolicy, List<?>>> THAT_ADD_UP = new TreeMap<>(Map.of(
            "rateLimit", TrafficPolicy::rateLimit,
            "requestLimits", TrafficPolicy::requestLimits));
    private static final Map<String, Function<TrafficPolicy, List<?>>> OF_THE_CLOSEST = new TreeMap<>(Map.of(
            "cors", TrafficPolicy::cors,
            "credentialInjection", TrafficPolicy::credentialInjection,
            "externalAuthorization", TrafficPolicy::externalAuthorization,
            "headers", TrafficPolicy::headers));

    private final Set<String> said = new HashSet<>();

    private AskedByPolicies() {}

    /** The closest policy first. */
    static List<Asked> of(EffectivePolicy policy) {
        var asked = new AskedByPolicies();
        return policy.layers().stream()
                .map(asked::of)
                .filter(one -> !one.sections().isEmpty())
                .toList();
    }

    private Asked of(Layer layer) {
        Set<String> sections = new TreeSet<>();
        THAT_ADD_UP.forEach((name, section) -> {
            if (!section.apply(layer.traffic()).isEmpty()) {
                sections.add(name);
            }
        });
        OF_THE_CLOSEST.forEach((name, section) -> {
            if (!section.apply(layer.traffic()).isEmpty() && said.add(name)) {
                sections.add(name);
            }
        });
        return new Asked(layer.policy(), List.copyOf(sections));
    }
}
