package io.sallyport.push.xds;

import io.sallyport.domain.FailureException;
import io.sallyport.domain.Violation;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Which resources of one type a client asks for: some by name, all, or both. */
final class Subscription {
    static final String EVERYTHING = "*";
    static final int MOST_NAMES = 100_000;

    private final SortedSet<String> names = new TreeSet<>();
    private boolean wildcard;

    boolean isWildcard() {
        return wildcard;
    }

    boolean names(String name) {
        return names.contains(name);
    }

    SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(names);
    }

    boolean covers(String name) {
        return wildcard || names.contains(name);
    }

    void subscribe(String name) {
        if (name.equals(EVERYTHING)) {
            wildcard = true;
            return;
        }
        names.add(name);
        checkSize(names);
    }

    /** Whether the client had asked for it. */
    boolean unsubscribe(String name) {
        if (!name.equals(EVERYTHING)) {
            return names.remove(name);
        }
        boolean before = wildcard;
        wildcard = false;
        return before;
    }

    void replace(Collection<String> newNames) {
        checkSize(newNames);
        names.clear();
        names.addAll(newNames);
        wildcard = names.remove(EVERYTHING);
    }

    private static void checkSize(Collection<String> names) {
        if (names.size() > MOST_NAMES) {
            throw FailureException.invalid(List.of(new Violation(
                    "/resource_names",
                    "TooManyNames",
                    "a stream may ask for %d names of a type".formatted(MOST_NAMES))));
        }
    }
}
