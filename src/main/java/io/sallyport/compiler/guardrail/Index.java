package io.sallyport.compiler.guardrail;

import io.sallyport.domain.snapshot.AuthorizationClause;
import io.sallyport.domain.snapshot.EffectivePolicy;
import io.sallyport.domain.snapshot.PoliciesInForce;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.SourceClass;
import io.sallyport.domain.snapshot.Upstream;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A snapshot with what its parts refer to at hand. */
record Index(
        Snapshot snapshot,
        Map<String, SourceClass> sources,
        Map<String, Upstream> upstreams,
        PoliciesInForce policies) {

    /** What is the very same as of the one before is taken from there. */
    static Index of(Snapshot snapshot, Optional<Index> before) {
        if (before.filter(index -> isSame(index.snapshot, snapshot)).isPresent()) {
            return before.get();
        }
        return new Index(
                snapshot,
                before.filter(index -> isSame(index.snapshot.sources(), snapshot.sources()))
                        .map(Index::sources)
                        .orElseGet(() -> byKey(snapshot.sources(), SourceClass::id)),
                before.filter(index -> isSame(index.snapshot.upstreams(), snapshot.upstreams()))
                        .map(Index::upstreams)
                        .orElseGet(() -> byKey(snapshot.upstreams(), Upstream::name)),
                PoliciesInForce.of(snapshot.policies()));
    }

    @SuppressWarnings("ReferenceEquality")
    private static boolean isSame(Object one, Object other) {
        return one == other;
    }

    private static <T> Map<String, T> byKey(List<T> elements, Function<T, String> key) {
        return elements.stream().collect(Collectors.toMap(key, Function.identity()));
    }

    /** The classes that a port and its policies ask for; nobody is in one that there is not. */
    List<SourceClass> classes(PortEntry port, EffectivePolicy policy) {
        return Stream.concat(
                        port.rules().stream().flatMap(rule -> rule.sources().stream()),
                        policy.authorization().stream()
                                .map(AuthorizationClause::sources)
                                .flatMap(List::stream))
                .distinct()
                .flatMap(id -> Stream.ofNullable(sources.get(id)))
                .toList();
    }

    List<Upstream> upstream(PortEntry port) {
        return List.of(Objects.requireNonNull(upstreams.get(port.upstream())));
    }
}
