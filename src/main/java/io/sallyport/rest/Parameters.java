package io.sallyport.rest;

import io.sallyport.domain.Failure;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What stands in paths and queries. */
final class Parameters {
    static final int MOST_ITEMS = 500;
    static final int USUAL_ITEMS = 100;
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");

    private Parameters() {}

    /** Throws {@code Invalid} where a name is no DNS label, with pointers to where the document would say it. */
    static ResourceKey key(Kind kind, String namespace, String name) {
        List<Violation> violations = new ArrayList<>();
        if (kind != Kind.NAMESPACE) {
            check("/metadata/namespace", namespace, violations);
        }
        check("/metadata/name", name, violations);
        if (!violations.isEmpty()) {
            throw FailureException.invalid(violations);
        }
        return new ResourceKey(kind, ResourceName.of(namespace, name));
    }

    private static void check(String pointer, String name, List<Violation> violations) {
        if (!Name.isValid(name)) {
            violations.add(new Violation(
                    pointer,
                    "Malformed",
                    "'%s' is not a DNS label: use 1 to 63 lower-case letters, digits and inner hyphens."
                            .formatted(name.length() > 80 ? name.substring(0, 80) + "…" : name)));
        }
    }

    /** A name that is looked for: one that cannot exist is not there. */
    static Name existing(String name) {
        if (!Name.isValid(name)) {
            throw new FailureException(new Failure.NotFound("There is nothing of that name; it is no DNS label."));
        }
        return new Name(name);
    }

    static Revision revision(String text) {
        return new Revision(number("revision", text, 0));
    }

    static int limit(@Nullable String text) {
        long limit = number("limit", text, USUAL_ITEMS);
        if (limit < 1 || limit > MOST_ITEMS) {
            throw Exchange.malformed("limit is out of range: use 1 to %d.".formatted(MOST_ITEMS));
        }
        return (int) limit;
    }

    static long number(String name, @Nullable String text, long absent) {
        if (text == null) {
            return absent;
        }
        if (!NUMBER.matcher(text).matches()) {
            throw Exchange.malformed("%s is to be a whole number.".formatted(name));
        }
        return Long.parseLong(text);
    }
}
