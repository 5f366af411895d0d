package io.sallyport.compiler.envoy;

import io.sallyport.domain.snapshot.CompiledRule;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.SourceClass;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What classes ask of a source, without who is in them: an identity unless they are among {@code anyone}, an address
 * where they are among {@code addressed}. It stays while workloads come and go.
 */
record SourceForms(SortedSet<String> anyone, SortedSet<String> addressed) {

    static SourceForms of(Collection<SourceClass> classes) {
        return new SourceForms(
                ids(classes, one -> one.identities().anyone()),
                ids(classes, one -> !one.ipBlocks().isEmpty()));
    }

    /** Those that the rules of these hosts speak of. */
    SourceForms usedBy(Collection<HostEntry> hosts) {
        if (anyone.isEmpty() && addressed.isEmpty()) {
            return this;
        }
        SortedSet<String> used = hosts.stream()
                .flatMap(host -> host.ports().stream())
                .flatMap(port -> Stream.concat(port.rules().stream(), port.shadows().stream()))
                .map(CompiledRule::sources)
                .flatMap(Collection::stream)
                .filter(id -> anyone.contains(id) || addressed.contains(id))
                .collect(Collectors.toCollection(TreeSet::new));
        return among(used);
    }

    /** Those of them. */
    SourceForms among(Collection<String> used) {
        SortedSet<String> sorted = new TreeSet<>(used);
        return new SourceForms(both(anyone, sorted), both(addressed, sorted));
    }

    private static SortedSet<String> ids(Collection<SourceClass> classes, Predicate<SourceClass> condition) {
        return classes.stream().filter(condition).map(SourceClass::id).collect(Collectors.toCollection(TreeSet::new));
    }

    private static SortedSet<String> both(SortedSet<String> left, SortedSet<String> right) {
        SortedSet<String> common = new TreeSet<>(left);
        common.retainAll(right);
        return common;
    }
}
