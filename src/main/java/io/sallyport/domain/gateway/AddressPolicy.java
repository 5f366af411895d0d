package io.sallyport.domain.gateway;

import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.IpAddress;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which upstream addresses a gateway may connect to, resolved and static alike. Private, loopback, link-local, metadata
 * and other special-purpose ranges (RFC 6890) are denied unless permitted here; what is denied here is denied in any
 * case.
 */
public record AddressPolicy(List<Cidr> deny, List<Cidr> permit) {
    public static final AddressPolicy DEFAULT = new AddressPolicy(List.of(), List.of());

    private static final List<Cidr> SPECIAL = Stream.of(
                    "0.0.0.0/8",
                    "10.0.0.0/8",
                    "100.64.0.0/10",
                    "127.0.0.0/8",
                    "169.254.0.0/16",
                    "172.16.0.0/12",
                    "192.0.0.0/24",
                    "192.168.0.0/16",
                    "198.18.0.0/15",
                    "224.0.0.0/4",
                    "240.0.0.0/4",
                    "::/128",
                    "::1/128",
                    "64:ff9b::/96",
                    "fc00::/7",
                    "fe80::/10",
                    "ff00::/8")
            .map(Cidr::parse)
            .toList();

    public AddressPolicy {
        deny = List.copyOf(deny);
        permit = List.copyOf(permit);
    }

    /** The ranges that are denied unless permitted. IPv4-mapped IPv6 (::ffff:0:0/96) is denied besides, always. */
    public static List<Cidr> special() {
        return SPECIAL;
    }

    public boolean allows(IpAddress address) {
        if (deny.stream().anyMatch(range -> range.contains(address))) {
            return false;
        }
        return permit.stream().anyMatch(range -> range.contains(address))
                || SPECIAL.stream().noneMatch(range -> range.contains(address));
    }
}
