package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.rest.json.Violations.Reason;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The fields of an object that is being read. Read all of them, then {@link #build}: it makes the value only where
 * nothing was wrong since the object was opened.
 */
final class Fields {
    private final Place place;
    private final boolean readable;
    private final int violationsBefore;

    private Fields(Place place, boolean readable, int violationsBefore) {
        this.place = place;
        this.readable = readable;
        this.violationsBefore = violationsBefore;
    }

    static Fields of(Place place, int violationsBefore) {
        return new Fields(place, true, violationsBefore);
    }

    static Fields unreadable(Place place) {
        return new Fields(place, false, place.violations().count());
    }

    /** A field that may be absent; null counts as absent. */
    <T> Optional<T> optional(String name, Function<Place, Optional<T>> read) {
        return isThere(name) ? read.apply(place.child(name)) : Optional.empty();
    }

    <T> Optional<T> required(String name, Function<Place, Optional<T>> read) {
        reportMissing(name);
        return optional(name, read);
    }

    /** A field that means {@code usual} where it is absent; empty where it is there and cannot be read. */
    <T> Optional<T> defaulted(String name, T usual, Function<Place, Optional<T>> read) {
        return isThere(name) ? optional(name, read) : Optional.of(usual);
    }

    <T> List<T> list(String name, Function<Place, Optional<T>> item) {
        return isThere(name) ? place.child(name).items(item) : List.of();
    }

    <T> List<T> requiredList(String name, Function<Place, Optional<T>> item) {
        reportMissing(name);
        refuseEmpty(name);
        return list(name, item);
    }

    /** Reports a list that is there and has no entries. */
    void refuseEmpty(String name) {
        JsonNode value = place.value().path(name);
        if (readable && value.isArray() && value.isEmpty()) {
            place.child(name).report(Reason.MISSING_FIELD, "At least one entry is needed in '%s'.".formatted(name));
        }
    }

    /** Reports a list that has more entries than that. */
    void refuseMoreThan(int most, String name) {
        int entries = place.value().path(name).size();
        if (isThere(name) && entries > most) {
            place.child(name)
                    .report(
                            Reason.OUT_OF_RANGE,
                            "At most %d entries are taken here, found %d.".formatted(most, entries));
        }
    }

    /** Reports every entry that repeats what an earlier one says. */
    <T> void refuseRepeats(String name, List<T> entries, Function<T, ?> identity) {
        if (entries.size() != place.value().path(name).size()) {
            return;
        }
        Set<Object> seen = new HashSet<>();
        for (int index = 0; index < entries.size(); index++) {
            Object key = identity.apply(entries.get(index));
            if (!seen.add(key)) {
                place.child(name)
                        .child(Integer.toString(index))
                        .report(Reason.DUPLICATE, "%s is there already; every entry is to be another.".formatted(key));
            }
        }
    }

    /** Reports a field that must be there because of what another one says. */
    void needed(String name, String why) {
        if (readable && !isThere(name)) {
            place.child(name).report(Reason.MISSING_FIELD, why);
        }
    }

    /** Reports a field that must not be there because of what another one says. */
    void refused(String name, String why) {
        if (isThere(name)) {
            place.child(name).report(Reason.CONTRADICTION, why);
        }
    }

    /** The one choice among these fields; reports where it is none, or more than one. */
    void refuseAllButOne(String... names) {
        long given = Arrays.stream(names).filter(this::isThere).count();
        if (readable && given != 1) {
            place.report(
                    Reason.MALFORMED,
                    "Exactly one of %s is expected here, found %d; write an entry for each."
                            .formatted(String.join(", ", names), given));
        }
    }

    boolean isThere(String name) {
        return readable && place.value().hasNonNull(name);
    }

    Place place() {
        return place;
    }

    <T> Optional<T> build(Supplier<T> construction) {
        boolean sound = readable && place.violations().count() == violationsBefore;
        return sound ? place.attempt(construction) : Optional.empty();
    }

    private void reportMissing(String name) {
        if (readable && !isThere(name)) {
            place.child(name).report(Reason.MISSING_FIELD, "The field '%s' is needed here.".formatted(name));
        }
    }
}
