package io.sallyport.domain;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What was derived of some resources that never change: worked out when it is first asked for, and kept with them. */
final class Derived {
    private final Map<Derivation<?>, Object> kept = new ConcurrentHashMap<>(1);

    // What a derivation gives is kept under that derivation.
    @SuppressWarnings("unchecked")
    <T> T of(Derivation<T> derivation, Supplier<List<Resource<?>>> resources) {
        Object known = kept.get(derivation);
        return (T) (known == null ? kept.computeIfAbsent(derivation, unseen -> derivation.of(resources.get())) : known);
    }
}
