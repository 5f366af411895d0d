package io.sallyport.compiler.explain;

import io.sallyport.domain.decision.Addresses;
import io.sallyport.domain.decision.Addresses.Judged;
import io.sallyport.domain.decision.Addresses.Judgement;
import io.sallyport.domain.decision.Approach;
import io.sallyport.domain.decision.Lookup;
import io.sallyport.domain.decision.ResolvedAddress;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.snapshot.Snapshot;
import io.sallyport.domain.snapshot.Upstream;
import io.sallyport.domain.snapshot.Upstream.UpstreamEndpoint;
import java.util.ArrayList;
import java.util.List;

/** Judges the addresses at which an upstream is found: those that were asked for, given, or resolved. */
record AddressJudge(Snapshot snapshot, Approach approach) {

    /** @param hosts by which it is known, where it has no endpoints; at most one */
    Addresses of(Upstream upstream, List<String> hosts, Lookup lookup) {
        if (isLeftToProxy()) {
            return Addresses.UNKNOWN;
        }
        return switch (upstream.resolution()) {
            case STATIC -> found(upstream, addresses(upstream), true);
            case DNS ->
                named(
                        upstream,
                        upstream.endpoints().stream()
                                .map(UpstreamEndpoint::address)
                                .toList(),
                        lookup);
            case DYNAMIC -> named(upstream, hosts, lookup);
            case ORIGINAL ->
                found(upstream, hosts.stream().map(ResolvedAddress::parse).toList(), true);
        };
    }

    // It resolves by itself, and what a TCP connection was meant for is judged all the same.
    private boolean isLeftToProxy() {
        return !snapshot.settings().conduct().upstreamProxy().isEmpty() && !(approach instanceof Approach.Connection);
    }

    private static List<ResolvedAddress> addresses(Upstream upstream) {
        return upstream.endpoints().stream()
                .map(endpoint -> ResolvedAddress.parse(endpoint.address()))
                .distinct()
                .toList();
    }

    // What is an address is not asked for; all that are names are taken to have the one answer.
    private Addresses named(Upstream upstream, List<String> names, Lookup lookup) {
        List<ResolvedAddress> all = new ArrayList<>();
        names.stream().filter(IpAddress::isValid).map(ResolvedAddress::parse).forEach(all::add);
        boolean areAddresses = all.size() == names.size();
        return switch (lookup) {
            case Lookup.Unknown unknown -> found(upstream, all, areAddresses);
            case Lookup.Found answer -> {
                if (!areAddresses) {
                    all.addAll(answer.addresses());
                }
                yield found(upstream, all, true);
            }
        };
    }

    private Addresses found(Upstream upstream, List<ResolvedAddress> all, boolean isKnown) {
        return isKnown
                ? new Addresses(
                        true,
                        all.stream().map(one -> judged(upstream, one, all)).toList(),
                        isChosenFirst(upstream))
                : Addresses.UNKNOWN;
    }

    private Judged judged(Upstream upstream, ResolvedAddress address, List<ResolvedAddress> all) {
        if (!isAskedFor(upstream, address, all)) {
            return new Judged(address, Judgement.NOT_ASKED_FOR);
        }
        if (address.isMapped() || !snapshot.addressPolicy().allows(address.address())) {
            return new Judged(address, Judgement.REFUSED_BY_GATEWAY);
        }
        boolean isGuarded =
                upstream.settings().addressGuard().stream().anyMatch(range -> range.contains(address.address()));
        return new Judged(address, isGuarded ? Judgement.REFUSED_BY_DESTINATION : Judgement.PERMITTED);
    }

    private static boolean isAskedFor(Upstream upstream, ResolvedAddress address, List<ResolvedAddress> all) {
        return switch (upstream.resolution()) {
            case STATIC, ORIGINAL -> true;
            case DNS, DYNAMIC ->
                switch (upstream.settings().dns().family()) {
                    case V4_PREFERRED -> address.isV4() || all.stream().noneMatch(ResolvedAddress::isV4);
                    case V4_ONLY -> address.isV4();
                    case V6_ONLY -> !address.isV4();
                    case ALL -> true;
                };
        };
    }

    // Each address of such a name is an endpoint, and judged once it is chosen; elsewhere resolvers leave them out.
    private boolean isChosenFirst(Upstream upstream) {
        return switch (upstream.resolution()) {
            case DNS -> readsRequests(upstream);
            case STATIC, DYNAMIC, ORIGINAL -> false;
        };
    }

    private boolean readsRequests(Upstream upstream) {
        return switch (approach) {
            case Approach.HttpRequest request -> true;
            case Approach.Tunnel tunnel -> !upstream.protocol().isReachableBySni();
            case Approach.ClientHello hello -> false;
            case Approach.Connection connection -> false;
        };
    }
}
