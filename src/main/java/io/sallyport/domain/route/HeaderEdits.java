package io.sallyport.domain.route;

import java.util.List;
import java.util.stream.Stream;

/**
 * What is done to headers; first {@code remove}, then {@code set}, then {@code add}. Names are in lower case.
 *
 * @param set replaces what is there
 * @param add comes after what is there
 */
public record HeaderEdits(List<Header> set, List<Header> add, List<String> remove) {
    public static final HeaderEdits NONE = new HeaderEdits(List.of(), List.of(), List.of());

    public HeaderEdits {
        set = List.copyOf(set);
        add = List.copyOf(add);
        remove = List.copyOf(remove);
    }

    public boolean isEmpty() {
        return set.isEmpty() && add.isEmpty() && remove.isEmpty();
    }

    /** All headers that it names. */
    public Stream<String> names() {
        return Stream.concat(Stream.concat(set.stream(), add.stream()).map(Header::name), remove.stream());
    }

    /** A header and its value (RFC 9110, section 5). */
    public record Header(String name, String value) {}
}
