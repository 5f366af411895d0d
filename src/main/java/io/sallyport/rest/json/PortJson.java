package io.sallyport.rest.json;

import io.sallyport.domain.network.PortNumber;
import java.util.Optional;

/** A port number in JSON. */
final class PortJson {
    private static final int LAST = 65_535;

    private PortJson() {}

    static Optional<PortNumber> read(Place place) {
        return place.integer(1, LAST).map(PortNumber::new);
    }
}
