package io.sallyport.push.xds;

import io.sallyport.domain.FailureException;
import io.sallyport.domain.Violation;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * Which resources of one type a client asks for: some by name, all, or both. Clients alike ask for the same names, so each
 * keeps only in what it differs from a set that they share.
 */
final class Subscription {
    static final String EVERYTHING = "*";
    static final int LONGEST_NAME = 4_096;
    static final int MOST_CHARACTERS = 16 << 20;

    private static final int DIFFERS_LITTLE = 32;
    private static final int PART = 64;

    private final SharedNames sharing;
    private final Set<String> added = new TreeSet<>();
    private final Set<String> dropped = new TreeSet<>();
    private Set<String> shared = Set.of();
    private boolean wildcard;
    private long characters;
    private int fingerprint;
    private int changes;

    Subscription(SharedNames sharing) {
        this.sharing = sharing;
    }

    boolean isWildcard() {
        return wildcard;
    }

    boolean names(String name) {
        return added.contains(name) || (shared.contains(name) && !dropped.contains(name));
    }

    int size() {
        return shared.size() - dropped.size() + added.size();
    }

    void forEachName(Consumer<String> action) {
        shared.stream().filter(name -> !dropped.contains(name)).forEach(action);
        added.forEach(action);
    }

    List<String> copyOfNames() {
        List<String> names = new ArrayList<>(size());
        forEachName(names::add);
        return names;
    }

    boolean covers(String name) {
        return wildcard || names(name);
    }

    /** Moves whenever something else is asked for. */
    int changes() {
        return changes;
    }

    /** The same where the same is asked for; seldom the same where it is something else. */
    int fingerprint() {
        return wildcard ? ~fingerprint : fingerprint;
    }

    void subscribe(String name) {
        if (name.equals(EVERYTHING)) {
            changes += wildcard ? 0 : 1;
            wildcard = true;
            return;
        }
        if (!names(name)) {
            if (!dropped.remove(name)) {
                added.add(name);
            }
            count(name, 1);
        }
        check(name);
        checkSize(size());
    }

    /** Whether the client had asked for it. */
    boolean unsubscribe(String name) {
        if (name.equals(EVERYTHING)) {
            boolean before = wildcard;
            changes += before ? 1 : 0;
            wildcard = false;
            return before;
        }
        if (!names(name)) {
            return false;
        }
        if (!added.remove(name)) {
            dropped.add(name);
        }
        count(name, -1);
        return true;
    }

    private void count(String name, int sign) {
        characters += (long) sign * name.length();
        changes++;
        fingerprint += sign * name.hashCode();
    }

    /** Shares what has come to differ by much; to be called after each request. */
    void settle() {
        if (added.size() + dropped.size() > Math.max(DIFFERS_LITTLE, shared.size() / PART)) {
            shared = sharing.shared(new HashSet<>(copyOfNames()));
            added.clear();
            dropped.clear();
        }
    }

    /** Whether these are the names that it asks for; one said twice is another. */
    boolean isExactly(Collection<String> names) {
        return names.size() == size() && names.stream().allMatch(this::names);
    }

    void checkSize(int size) {
        sharing.check(size);
    }

    private void check(String name) {
        if (name.length() > LONGEST_NAME || characters > MOST_CHARACTERS) {
            throw refusal(
                    "TooLong",
                    "a name has %d characters at most, and those of a type %d together"
                            .formatted(LONGEST_NAME, MOST_CHARACTERS));
        }
    }

    private static FailureException refusal(String code, String message) {
        return FailureException.invalid(List.of(new Violation("/resource_names", code, message)));
    }
}
