package io.sallyport.compiler.envoy;

import static java.util.Objects.requireNonNull;

import io.envoyproxy.envoy.config.core.v3.RuntimeFractionalPercent;
import io.envoyproxy.envoy.config.route.v3.RouteAction.RequestMirrorPolicy;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.snapshot.RouteAction.Forward;
import io.sallyport.domain.snapshot.RouteMirror;
import io.sallyport.domain.snapshot.RouteTarget;
import io.sallyport.domain.snapshot.Upstream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Copies of requests. Envoy sends them by themselves: nothing is told with them, so a cluster that has to be told where a
 * request is to go would ask the host that the client says, at the port that it says. There are none to such.
 */
record Mirrors(Map<String, Upstream> upstreams, WayOut wayOut) {

    List<RequestMirrorPolicy> policies(Forward forward) {
        return forward.mirrors().stream()
                .filter(mirror -> isFixed(upstream(mirror)))
                .map(this::policy)
                .toList();
    }

    /** What copies are sent to. */
    Stream<Upstream> upstreams(Forward forward) {
        return forward.mirrors().stream().map(this::upstream).filter(Mirrors::isFixed);
    }

    private Upstream upstream(RouteMirror mirror) {
        RouteTarget target = mirror.target();
        return Subsets.alone(requireNonNull(upstreams.get(target.upstream())), target.subset());
    }

    private static boolean isFixed(Upstream upstream) {
        return switch (upstream.resolution()) {
            case STATIC, DNS -> true;
            case DYNAMIC, ORIGINAL -> false;
        };
    }

    private RequestMirrorPolicy policy(RouteMirror mirror) {
        RequestMirrorPolicy.Builder policy = RequestMirrorPolicy.newBuilder()
                .setCluster(upstream(mirror).name())
                .setRuntimeFraction(
                        RuntimeFractionalPercent.newBuilder().setDefaultValue(Percentages.of(mirror.percent())))
                .setDisableShadowHostSuffixAppend(true);
        return sentAs(mirror)
                .map(name -> NewerFields.mirroringAs(policy, name))
                .orElse(policy)
                .build();
    }

    // TLS is for the host that is sent, and so is a whole URL: where that is another's, the mirror has its own.
    private Optional<String> sentAs(RouteMirror mirror) {
        Upstream upstream = upstream(mirror);
        return wayOut.ofRequests(upstream) == WayOut.Form.WHOLE_URL
                ? Optional.of(upstream.endpoints().getFirst().address() + ":" + upstream.targetPort())
                : mirror.target().serverName().stream().findFirst().map(HostPattern::value);
    }
}
