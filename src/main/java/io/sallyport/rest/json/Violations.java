package io.sallyport.rest.json;

import io.sallyport.domain.Violation;
import java.util.ArrayList;
import java.util.List;

/** All that was found wrong with what was sent, in the order of reading. Grows while one thread reads one body. */
public final class Violations {
    private final List<Violation> found = new ArrayList<>();

    void add(String pointer, Reason reason, String message) {
        found.add(new Violation(pointer, reason.wireName(), message));
    }

    int count() {
        return found.size();
    }

    public List<Violation> found() {
        return List.copyOf(found);
    }

    /** The reasons that reading a document can give; checks between documents have their own. */
    enum Reason {
        UNKNOWN_FIELD("UnknownField"),
        WRONG_TYPE("WrongType"),
        MISSING_FIELD("MissingField"),
        UNKNOWN_VALUE("UnknownValue"),
        OUT_OF_RANGE("OutOfRange"),
        MALFORMED("Malformed"),
        CONTRADICTION("Contradiction"),
        DUPLICATE("Duplicate");

        private final String wireName;

        Reason(String wireName) {
            this.wireName = wireName;
        }

        String wireName() {
            return wireName;
        }
    }
}
