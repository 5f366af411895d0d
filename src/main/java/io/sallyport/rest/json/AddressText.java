package io.sallyport.rest.json;

import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.IpAddress;

/** One place to connect to, as people write it. */
final class AddressText {
    private AddressText() {}

    /** An IP address. */
    static String address(String text) {
        if (IpAddress.isValid(text)) {
            return new IpAddress(text).value();
        }
        throw new IllegalArgumentException(
                "'%s' is not an IP address: use one, or resolution DNS where the endpoint is a name"
                        .formatted(Suggestion.shortened(text)));
    }

    /** An IP address, or an exact host. */
    static String hostOrAddress(String text) {
        if (IpAddress.isValid(text)) {
            return new IpAddress(text).value();
        }
        HostPattern host = HostPattern.parse(text);
        if (host.isWildcard()) {
            throw new IllegalArgumentException(
                    "'%s' is a wildcard: use one host or address".formatted(Suggestion.shortened(text)));
        }
        return host.value();
    }
}
