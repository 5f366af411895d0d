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
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A snapshot with what its parts refer to at hand. */
record Index(
        Snapshot snapshot,
        Map<String, SourceClass> sources,
        Map<String, Upstream> upstreams,
        PoliciesInForce policies) {

    static Index of(Snapshot snapshot) {
        return new Index(
                snapshot,
                snapshot.sources().stream().collect(Collectors.toMap(SourceClass::id, Function.identity())),
                snapshot.upstreams().stream().collect(Collectors.toMap(Upstream::name, Function.identity())),
                PoliciesInForce.of(snapshot.policies()));
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
