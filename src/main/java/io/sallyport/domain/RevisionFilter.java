package io.sallyport.domain;

import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * Which revisions are looked for; every part that is there must hold, and at most one of each is there.
 *
 * @param since the earliest time, included
 * @param until the end, excluded
 * @param within namespaces; of what was changed elsewhere nothing is told, nor a message that may speak of it. At most one
 *     set
 * @param kind of a resource that the revision changed; namespace and name are of the same resource
 */
public record RevisionFilter(
        List<Set<Name>> within,
        List<String> author,
        List<Instant> since,
        List<Instant> until,
        List<Kind> kind,
        List<Name> namespace,
        List<Name> name) {
    public static final RevisionFilter ALL =
            new RevisionFilter(List.of(), List.of(), List.of(), List.of(), List.of(), List.of(), List.of());

    public RevisionFilter {
        within = within.stream().map(Set::copyOf).toList();
        author = List.copyOf(author);
        since = List.copyOf(since);
        until = List.copyOf(until);
        kind = List.copyOf(kind);
        namespace = List.copyOf(namespace);
        name = List.copyOf(name);
    }

    public RevisionFilter within(Set<Name> namespaces) {
        return new RevisionFilter(List.of(namespaces), author, since, until, kind, namespace, name);
    }

    /** Whether it asks what was changed. */
    public boolean looksAtChanges() {
        return !within.isEmpty() || !kind.isEmpty() || !namespace.isEmpty() || !name.isEmpty();
    }

    public boolean matches(RevisionRecord record) {
        return author.stream().allMatch(record.author()::equals)
                && since.stream().noneMatch(record.at()::isBefore)
                && until.stream().allMatch(record.at()::isBefore)
                && (!looksAtChanges()
                        || record.changes().stream().map(Change::key).anyMatch(this::matches));
    }

    /** Whether what happened to it is told. */
    public boolean tells(ResourceKey key) {
        return within.stream().allMatch(namespaces -> namespaces.contains(key.namespace()));
    }

    private boolean matches(ResourceKey key) {
        return tells(key)
                && kind.stream().allMatch(key.kind()::equals)
                && namespace.stream().allMatch(key.namespace()::equals)
                && name.stream().allMatch(key.name().name()::equals);
    }
}
