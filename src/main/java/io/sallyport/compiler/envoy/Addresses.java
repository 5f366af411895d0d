package io.sallyport.compiler.envoy;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.Address;
import io.envoyproxy.envoy.config.core.v3.CidrRange;
import io.envoyproxy.envoy.config.core.v3.SocketAddress;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.PortNumber;

/** Addresses and ranges in the two dialects that Envoy has for them. */
final class Addresses {
    private Addresses() {}

    static Address socket(String address, PortNumber port) {
        return Address.newBuilder()
                .setSocketAddress(SocketAddress.newBuilder().setAddress(address).setPortValue(port.value()))
                .build();
    }

    static CidrRange range(Cidr range) {
        return CidrRange.newBuilder()
                .setAddressPrefix(range.first().value())
                .setPrefixLen(UInt32Value.of(range.prefixLength()))
                .build();
    }

    static com.github.xds.core.v3.CidrRange xdsRange(Cidr range) {
        return com.github.xds.core.v3.CidrRange.newBuilder()
                .setAddressPrefix(range.first().value())
                .setPrefixLen(UInt32Value.of(range.prefixLength()))
                .build();
    }
}
