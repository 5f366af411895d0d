package io.sallyport.domain.decision;

import io.sallyport.domain.network.IpAddress;

/**
 * An address as a resolver says it.
 *
 * @param isMapped whether it is an IPv4 address in IPv6 clothes ({@code ::ffff:192.0.2.1})
 */
public record ResolvedAddress(IpAddress address, boolean isMapped) {

    public static ResolvedAddress of(IpAddress address) {
        return new ResolvedAddress(address, false);
    }

    public static ResolvedAddress parse(String text) {
        IpAddress address = new IpAddress(text);
        return new ResolvedAddress(address, address.isV4() && text.indexOf(':') >= 0);
    }

    /** Whether it comes in answer to a question for IPv4. */
    public boolean isV4() {
        return address.isV4() && !isMapped;
    }

    @Override
    public String toString() {
        return isMapped ? "::ffff:" + address : address.value();
    }
}
