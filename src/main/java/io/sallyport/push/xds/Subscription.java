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
    static final int LONGEST_NAME = 4_096;
    static final int MOST_CHARACTERS = 16 << 20;

    private final SortedSet<String> names = new TreeSet<>();
    private boolean wildcard;
    private long characters;

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
        if (names.add(name)) {
            characters += name.length();
        }
        check(name);
        checkSize(names.size());
    }

    /** Whether the client had asked for it. */
    boolean unsubscribe(String name) {
        if (!name.equals(EVERYTHING)) {
            boolean known = names.remove(name);
            characters -= known ? name.length() : 0;
            return known;
        }
        boolean before = wildcard;
        wildcard = false;
        return before;
    }

    void replace(Collection<String> newNames) {
        checkSize(newNames.size());
        names.clear();
        characters = 0;
        wildcard = false;
        newNames.forEach(this::subscribe);
    }

    private void check(String name) {
        if (name.length() > LONGEST_NAME || characters > MOST_CHARACTERS) {
            throw refusal(
                    "TooLong",
                    "a name has %d characters at most, and those of a type %d together"
                            .formatted(LONGEST_NAME, MOST_CHARACTERS));
        }
    }

    private static void checkSize(int size) {
        if (size > MOST_NAMES) {
            throw refusal("TooManyNames", "a stream may ask for %d names of a type".formatted(MOST_NAMES));
        }
    }

    private static FailureException refusal(String code, String message) {
        return FailureException.invalid(List.of(new Violation("/resource_names", code, message)));
    }
}
