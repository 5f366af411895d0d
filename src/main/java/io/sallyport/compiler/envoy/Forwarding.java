package io.sallyport.compiler.envoy;

import static java.util.Objects.requireNonNull;

import com.google.protobuf.UInt32Value;
import io.envoyproxy.envoy.config.route.v3.Route;
import io.envoyproxy.envoy.config.route.v3.RouteAction;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster;
import io.envoyproxy.envoy.config.route.v3.WeightedCluster.ClusterWeight;
import io.sallyport.domain.Destination.Resolution;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.route.PathMatch;
import io.sallyport.domain.route.RouteTimeouts;
import io.sallyport.domain.snapshot.RouteAction.Forward;
import io.sallyport.domain.snapshot.RouteAction.RequestEdits;
import io.sallyport.domain.snapshot.RouteTarget;
import io.sallyport.domain.snapshot.Upstream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** How a route leads requests on: to one of its targets, under the host that is sent there. */
record Forwarding(Map<String, Upstream> upstreams, Departure departure) {

    void apply(Route.Builder route, PathMatch matched, Forward forward) {
        List<RouteTarget> targets =
                forward.targets().stream().filter(target -> target.weight() > 0).toList();
        List<Upstream> leadingTo =
                targets.stream().map(this::upstream).distinct().toList();
        RouteAction.Builder action = RouteAction.newBuilder();
        bound(action, forward.timeouts());
        Balancing.addHashPolicies(action, leadingTo);
        Retries.of(forward, leadingTo).ifPresent(action::setRetryPolicy);
        action.addAllRequestMirrorPolicies(new Mirrors(upstreams, departure.wayOut()).policies(forward));
        forward.edits().path().forEach(rewrite -> change(action, PathChange.of(matched, rewrite)));
        if (leadingTo.stream().anyMatch(this::isAskedByUrl)) {
            action.setHostRewriteHeader(Passage.AUTHORITY);
        }
        action.setWeightedClusters(WeightedCluster.newBuilder()
                .addAllClusters(targets.stream()
                        .map(target -> weighted(target, forward.edits()))
                        .toList()));
        HeaderChanges.toRequest(route, forward.edits().headers());
        route.setRoute(action);
    }

    // What a gateway bounds stays bound.
    private void bound(RouteAction.Builder action, RouteTimeouts timeouts) {
        departure.bounds().applyTo(action);
        Duration idle = Stream.of(departure.bounds().limits().idleTimeout(), timeouts.idle())
                .filter(Duration::isPositive)
                .min(Duration::compareTo)
                .orElse(Duration.ZERO);
        action.setTimeout(Durations.of(timeouts.request())).setIdleTimeout(Durations.of(idle));
    }

    private static void change(RouteAction.Builder action, PathChange change) {
        switch (change) {
            case PathChange.OfMatch(String replacement) -> action.setPrefixRewrite(replacement);
            case PathChange.OfPart part -> action.setRegexRewrite(part.message());
        }
    }

    private ClusterWeight weighted(RouteTarget target, RequestEdits edits) {
        List<HostPattern> host = edits.host();
        Upstream upstream = upstream(target);
        var passage = new Passage(form(upstream), upstream, knownAs(target, host), target.serverName());
        ClusterWeight.Builder weight = ClusterWeight.newBuilder()
                .setName(upstream.name())
                .setWeight(UInt32Value.of(target.weight()))
                .addAllRequestHeadersToAdd(passage.authority());
        passage.told(Asked.before(edits)).forEach(config -> weight.putTypedPerFilterConfig(Passage.FILTER, config));
        if (!isAskedByUrl(upstream)) {
            host.forEach(name -> weight.setHostRewriteLiteral(name.value()));
        }
        target.subset().forEach(subset -> weight.setMetadataMatch(Subsets.metadata(upstream, subset)));
        return weight.build();
    }

    // By what it is found where its address is not written down. A URL says where to go, whatever is sent there.
    private String knownAs(RouteTarget target, List<HostPattern> host) {
        Upstream upstream = upstream(target);
        if (isAskedByUrl(upstream) && upstream.resolution() == Resolution.DNS) {
            return upstream.endpoints().getFirst().address();
        }
        return Stream.concat(target.serverName().stream(), host.stream())
                .findFirst()
                .map(HostPattern::value)
                .orElse(Passage.HOST_OF_REQUEST);
    }

    private boolean isAskedByUrl(Upstream upstream) {
        return form(upstream) == WayOut.Form.WHOLE_URL;
    }

    private WayOut.Form form(Upstream upstream) {
        return departure.wayOut().ofRequests(upstream);
    }

    private Upstream upstream(RouteTarget target) {
        return requireNonNull(upstreams.get(target.upstream()));
    }
}
