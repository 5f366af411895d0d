package io.sallyport.domain;

import java.util.Comparator;

/** Where a resource of a known kind lives: its namespace and name. Ordered by namespace, then name. */
public record ResourceName(Name namespace, Name name) implements Comparable<ResourceName> {
    private static final Comparator<ResourceName> ORDER =
            Comparator.comparing(ResourceName::namespace).thenComparing(ResourceName::name);

    public static ResourceName of(String namespace, String name) {
        return new ResourceName(new Name(namespace), new Name(name));
    }

    /** Reads {@code namespace/name}; throws IllegalArgumentException where it is anything else. */
    public static ResourceName parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            throw new IllegalArgumentException("'%s' is not of the form namespace/name".formatted(text));
        }
        return of(text.substring(0, slash), text.substring(slash + 1));
    }

    @Override
    public int compareTo(ResourceName other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return namespace + "/" + name;
    }
}
