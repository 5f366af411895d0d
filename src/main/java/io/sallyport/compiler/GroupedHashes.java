package io.sallyport.compiler;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.Function;

/**
 * The hashes of the elements of a long list, and of each group of neighbours; what stays at its place from one list to the
 * next is not hashed again.
 */
final class GroupedHashes<T> {
    static final int GROUP = 256;
    private static final int WHOLE = 64;

    private final List<T> elements;
    private final List<String> hashes;
    private final List<String> groups;

    private GroupedHashes(List<T> elements, List<String> hashes, List<String> groups) {
        this.elements = elements;
        this.hashes = hashes;
        this.groups = groups;
    }

    static <T> GroupedHashes<T> none() {
        return new GroupedHashes<>(List.of(), List.of(), List.of());
    }

    List<String> groups() {
        return groups;
    }

    /** Of another list, much of which is the very same. */
    @SuppressWarnings("ReferenceEquality")
    GroupedHashes<T> of(List<T> now, Function<T, String> hash) {
        if (now == elements) {
            return this;
        }
        IdentityHashMap<T, String> elsewhere = new IdentityHashMap<>();
        List<String> hashesNow = new ArrayList<>(now.size());
        List<String> groupsNow = new ArrayList<>(now.size() / GROUP + 1);
        for (int first = 0; first < now.size(); first += GROUP) {
            int end = Math.min(now.size(), first + GROUP);
            if (isAsBefore(now, first, end)) {
                hashesNow.addAll(hashes.subList(first, end));
                groupsNow.add(groups.get(first / GROUP));
                continue;
            }
            for (T element : now.subList(first, end)) {
                int place = hashesNow.size();
                boolean stays = place < elements.size() && elements.get(place) == element;
                hashesNow.add(stays ? hashes.get(place) : known(element, elsewhere, hash));
            }
            groupsNow.add(new ContentHash().texts(hashesNow.subList(first, end)).hex(WHOLE));
        }
        return new GroupedHashes<>(now, hashesNow, groupsNow);
    }

    @SuppressWarnings("ReferenceEquality")
    private boolean isAsBefore(List<T> now, int first, int end) {
        if (end > elements.size() || (end < elements.size() && end - first < GROUP)) {
            return false;
        }
        for (int place = first; place < end; place++) {
            if (now.get(place) != elements.get(place)) {
                return false;
            }
        }
        return true;
    }

    // Where elements came or went, the others are found at other places.
    private String known(T element, IdentityHashMap<T, String> elsewhere, Function<T, String> hash) {
        if (elsewhere.isEmpty()) {
            for (int place = 0; place < elements.size(); place++) {
                elsewhere.put(elements.get(place), hashes.get(place));
            }
        }
        String found = elsewhere.get(element);
        return found == null ? hash.apply(element) : found;
    }
}
