package io.sallyport.domain.security;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** What is taken from and given to requests on their way out, and to responses on their way back. */
public record HeaderPolicy(Edit request, Edit response) {

    /**
     * What is taken, then what is given.
     *
     * @param strip names in lower case; whoever sent them
     * @param set values by name in lower case, instead of whatever was there
     */
    public record Edit(List<String> strip, SortedMap<String, String> set) {
        public static final Edit NONE = new Edit(List.of(), new TreeMap<>());

        public Edit {
            strip = List.copyOf(strip);
            set = Collections.unmodifiableSortedMap(new TreeMap<>(set));
        }
    }
}
