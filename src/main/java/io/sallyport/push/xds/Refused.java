package io.sallyport.push.xds;

import java.util.Collection;
import java.util.List;

/**
 * That a client said no.
 *
 * @param names what it was sent together and refused together; empty where that is not known
 */
record Refused(List<String> names, String message) {
    Refused(Collection<String> names, String message) {
        this(List.copyOf(names), message);
    }
}
