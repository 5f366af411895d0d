package io.sallyport.compiler.envoy;

import static java.util.Objects.requireNonNull;

import io.envoyproxy.envoy.config.core.v3.RuntimeFractionalPercent;
import io.envoyproxy.envoy.config.route.v3.RouteAction.RequestMirrorPolicy;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.route.Percentage;
import io.sallyport.domain.snapshot.RouteAction.Forward;
import io.sallyport.domain.snapshot.RouteMirror;
import io.sallyport.domain.snapshot.RouteTarget;
import io.sallyport.domain.snapshot.Upstream;
import io.sallyport.domain.snapshot.Upstream.UpstreamEndpoint;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** To whom copies of requests go. */
record Mirrors(Map<String, Upstream> upstreams, WayOut wayOut) {

    List<RequestMirrorPolicy> policies(Forward forward) {
        return forward.mirrors().stream().flatMap(this::policies).toList();
    }

    /** What copies are sent to. */
    Stream<Upstream> upstreams(Forward forward) {
        return forward.mirrors().stream()
                .map(RouteMirror::target)
                .flatMap(target -> Copies.of(meant(target), target.subset(), wayOut).stream());
    }

    private Stream<RequestMirrorPolicy> policies(RouteMirror mirror) {
        RouteTarget target = mirror.target();
        Upstream meant = Subsets.alone(meant(target), target.subset());
        return Copies.of(meant(target), target.subset(), wayOut).stream()
                .flatMap(copies -> Copies.areByName(meant, wayOut)
                        ? byName(mirror, meant, copies)
                        : Stream.of(policy(mirror.percent(), copies, hostOf(mirror, meant))));
    }

    // Each name has its part, for a cluster that resolves connects to one name at a time.
    private static Stream<RequestMirrorPolicy> byName(RouteMirror mirror, Upstream meant, Upstream copies) {
        int total =
                meant.endpoints().stream().mapToInt(UpstreamEndpoint::weight).sum();
        return meant.endpoints().stream()
                .map(endpoint -> policy(
                        part(mirror.percent(), endpoint.weight(), total),
                        copies,
                        List.of(Copies.authority(endpoint.address(), endpoint.port(), meant))));
    }

    private static Percentage part(Percentage percent, int weight, int total) {
        return new Percentage((int) ((long) percent.millionths() * weight / total));
    }

    // TLS is for the host that is sent, and so is a whole URL: where that is another's, the mirror has its own.
    private List<String> hostOf(RouteMirror mirror, Upstream meant) {
        return wayOut.ofRequests(meant) == WayOut.Form.WHOLE_URL
                ? List.of(Copies.authority(meant.endpoints().getFirst().address(), meant.targetPort(), meant))
                : mirror.target().serverName().stream().map(HostPattern::value).toList();
    }

    private static RequestMirrorPolicy policy(Percentage percent, Upstream copies, List<String> host) {
        RequestMirrorPolicy.Builder policy = RequestMirrorPolicy.newBuilder()
                .setCluster(copies.name())
                .setRuntimeFraction(RuntimeFractionalPercent.newBuilder().setDefaultValue(Percentages.of(percent)))
                .setDisableShadowHostSuffixAppend(true);
        host.forEach(name -> NewerFields.mirroringAs(policy, name));
        return policy.build();
    }

    private Upstream meant(RouteTarget target) {
        return requireNonNull(upstreams.get(target.upstream()));
    }
}
