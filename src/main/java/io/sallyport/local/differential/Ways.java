package io.sallyport.local.differential;

import io.sallyport.domain.route.Percentage;
import io.sallyport.domain.route.RouteFilter.Abort;
import io.sallyport.domain.route.RouteFilter.Fault;
import io.sallyport.domain.snapshot.CompiledRoute;
import io.sallyport.domain.snapshot.RouteAction;
import io.sallyport.domain.snapshot.RouteAction.Forward;
import io.sallyport.domain.snapshot.RouteTarget;
import io.sallyport.domain.snapshot.Snapshot;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Snapshots in which chance has no say any more: together they have every way that a route may go. */
final class Ways {
    private Ways() {}

    /** At least one. */
    static Stream<Snapshot> of(Snapshot snapshot) {
        int most = snapshot.routes().stream()
                .mapToInt(route -> targets(route).size())
                .max()
                .orElse(1);
        boolean mayFail = snapshot.routes().stream()
                .flatMap(route -> route.fault().stream())
                .flatMap(fault -> fault.abort().stream())
                .anyMatch(abort -> !abort.percent().equals(Percentage.ALL));
        return IntStream.range(0, Math.max(1, most))
                .boxed()
                .flatMap(way -> mayFail
                        ? Stream.of(taking(snapshot, way, true), taking(snapshot, way, false))
                        : Stream.of(taking(snapshot, way, true)));
    }

    private static List<RouteTarget> targets(CompiledRoute route) {
        return route.action() instanceof Forward forward
                ? forward.targets().stream()
                        .filter(target -> target.weight() > 0)
                        .toList()
                : List.of();
    }

    private static Snapshot taking(Snapshot of, int way, boolean isFailing) {
        return new Snapshot(
                of.gateway(),
                of.version(),
                of.settings(),
                of.sources(),
                of.listeners(),
                of.routes().stream().map(route -> taking(route, way, isFailing)).toList(),
                of.upstreams(),
                of.policies(),
                of.secrets());
    }

    private static CompiledRoute taking(CompiledRoute route, int way, boolean isFailing) {
        return new CompiledRoute(
                route.id(),
                route.route(),
                route.rule(),
                route.match(),
                route.criteria(),
                taking(route.action(), targets(route), way),
                route.responseHeaders(),
                route.fault().stream()
                        .map(fault -> new Fault(fault.delay(), aborts(fault, isFailing)))
                        .toList());
    }

    private static RouteAction taking(RouteAction action, List<RouteTarget> targets, int way) {
        return action instanceof Forward forward
                ? new Forward(
                        List.of(targets.get(way % targets.size())),
                        forward.mirrors(),
                        forward.edits(),
                        forward.timeouts(),
                        forward.retry())
                : action;
    }

    private static List<Abort> aborts(Fault fault, boolean isFailing) {
        return fault.abort().stream()
                .map(abort -> abort.percent().equals(Percentage.ALL) || !isFailing
                        ? abort
                        : new Abort(abort.status(), Percentage.ALL))
                .toList();
    }
}
