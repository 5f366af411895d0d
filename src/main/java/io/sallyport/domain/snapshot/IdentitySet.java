package io.sallyport.domain.snapshot;

import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.PrincipalPattern;
import java.util.List;

/**
 * Whom a source must be, by its strongest identity: a certificate, else a token, else its address.
 *
 * @param anyone whether no identity is asked for; the lists are empty then
 * @param principals those who prove one of these by certificate or token: sorted, without one within another
 * @param ranges those without certificate and token who come from one of these: sorted, without one inside another
 */
public record IdentitySet(boolean anyone, List<PrincipalPattern> principals, List<Cidr> ranges) {
    public static final IdentitySet ANYONE = new IdentitySet(true, List.of(), List.of());
    public static final IdentitySet NOBODY = new IdentitySet(false, List.of(), List.of());

    public IdentitySet {
        principals = List.copyOf(principals);
        ranges = List.copyOf(ranges);
        if (anyone && !(principals.isEmpty() && ranges.isEmpty())) {
            throw new IllegalArgumentException("who may be anyone is not listed");
        }
    }
}
