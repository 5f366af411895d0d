package io.sallyport.domain;

import java.util.Comparator;

/** What identifies a resource. A namespace lives in itself, so its namespace is its name. */
public record ResourceKey(Kind kind, ResourceName name) implements Comparable<ResourceKey> {
    private static final Comparator<ResourceKey> ORDER =
            Comparator.comparing(ResourceKey::kind).thenComparing(ResourceKey::name);

    public ResourceKey {
        if (kind == Kind.NAMESPACE && !name.namespace().equals(name.name())) {
            throw new IllegalArgumentException("a namespace lives in itself, not in " + name.namespace());
        }
    }

    public static ResourceKey of(Kind kind, String namespace, String name) {
        return new ResourceKey(kind, ResourceName.of(namespace, name));
    }

    public static ResourceKey ofNamespace(Name name) {
        return new ResourceKey(Kind.NAMESPACE, new ResourceName(name, name));
    }

    public Name namespace() {
        return name.namespace();
    }

    @Override
    public int compareTo(ResourceKey other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return kind.documentName() + " " + (kind == Kind.NAMESPACE ? name.name().value() : name.toString());
    }
}
