package io.sallyport.compiler.envoy;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.core.v3.CidrRange;
import io.envoyproxy.envoy.config.core.v3.TypedExtensionConfig;
import io.envoyproxy.envoy.config.rbac.v3.Permission;
import io.envoyproxy.envoy.config.rbac.v3.Policy;
import io.envoyproxy.envoy.config.rbac.v3.Principal;
import io.envoyproxy.envoy.extensions.filters.http.rbac.v3.RBAC;
import io.envoyproxy.envoy.extensions.rbac.matchers.upstream_ip_port.v3.UpstreamIpPortMatcher;
import io.envoyproxy.envoy.type.matcher.v3.AddressMatcher;
import io.sallyport.domain.gateway.AddressPolicy;
import io.sallyport.domain.network.Cidr;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/** The upstream addresses that are not connected to, whatever a resolver says. */
final class AddressGuard {
    private static final String NAME = Decision.ADDRESS_POLICY.name();

    // An IPv4 address in IPv6 clothes; our own type for ranges would undress it.
    private static final CidrRange MAPPED_IPV4 = CidrRange.newBuilder()
            .setAddressPrefix("::ffff:0:0")
            .setPrefixLen(UInt32Value.of(96))
            .build();

    private final List<Cidr> ranges;
    private final List<CidrRange> refused;

    AddressGuard(AddressPolicy policy) {
        this(policy, List.of());
    }

    /** The same for a destination, which may refuse more than its gateway and never less. */
    AddressGuard(AddressPolicy policy, Collection<Cidr> besides) {
        Stream<Cidr> special =
                AddressPolicy.special().stream().flatMap(range -> RangeDifference.of(range, policy.permit()).stream());
        Stream<Cidr> denied = Stream.concat(policy.deny().stream(), besides.stream());
        this.ranges = Stream.concat(special, denied).distinct().sorted().toList();
        this.refused = Stream.concat(ranges.stream().map(Addresses::range), Stream.of(MAPPED_IPV4))
                .toList();
    }

    /** Where nobody looks but an expression: all but IPv4 in IPv6 clothes, which is refused besides. */
    List<Cidr> ranges() {
        return ranges;
    }

    /** For resolvers that filter what they answer. */
    AddressMatcher refused() {
        return AddressMatcher.newBuilder()
                .addAllRanges(refused.stream().map(AddressGuard::asXds).toList())
                .build();
    }

    /** For clusters of HTTP: judges the address of the endpoint that was chosen. */
    RBAC filter() {
        Permission anyOfThem = Permission.newBuilder()
                .setOrRules(Permission.Set.newBuilder()
                        .addAllRules(
                                refused.stream().map(AddressGuard::leadsInto).toList()))
                .build();
        Policy policy = Policy.newBuilder()
                .addPermissions(anyOfThem)
                .addPrincipals(Principal.newBuilder().setAny(true))
                .build();
        return RBAC.newBuilder()
                .setRulesStatPrefix("address.")
                .setRules(io.envoyproxy
                        .envoy
                        .config
                        .rbac
                        .v3
                        .RBAC
                        .newBuilder()
                        .setAction(io.envoyproxy.envoy.config.rbac.v3.RBAC.Action.DENY)
                        .putPolicies(NAME, policy))
                .build();
    }

    private static Permission leadsInto(CidrRange range) {
        var matcher = UpstreamIpPortMatcher.newBuilder().setUpstreamIp(range).build();
        return Permission.newBuilder()
                .setMatcher(TypedExtensionConfig.newBuilder()
                        .setName("envoy.rbac.matchers.upstream_ip_port")
                        .setTypedConfig(Encoding.any(matcher)))
                .build();
    }

    private static com.github.xds.core.v3.CidrRange asXds(CidrRange range) {
        return com.github.xds.core.v3.CidrRange.newBuilder()
                .setAddressPrefix(range.getAddressPrefix())
                .setPrefixLen(range.getPrefixLen())
                .build();
    }
}
