package io.sallyport.compiler;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.destination.DestinationPort;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.route.BackendTarget;
import io.sallyport.domain.route.HeaderEdits;
import io.sallyport.domain.route.PathRewrite;
import io.sallyport.domain.route.RouteFilter;
import io.sallyport.domain.route.RouteRule;
import io.sallyport.domain.snapshot.CompiledRoute;
import io.sallyport.domain.snapshot.RouteAction;
import io.sallyport.domain.snapshot.RouteCriteria;
import io.sallyport.domain.snapshot.RouteMirror;
import io.sallyport.domain.snapshot.RouteTarget;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** The routes of one port of one host at one listener, with where they lead there. */
final class RouteCompilation {
    private static final int DIGITS = 8;

    private final ResourceName gateway;
    private final ListenerCompilation listener;
    private final HostPattern host;
    private final DestinationPort port;
    private final RouteTargets targets;
    private final RouteEscapes escapes;
    private final Consumer<RouteEscape> told;

    RouteCompilation(
            ResourceName gateway,
            ListenerCompilation listener,
            HostPattern host,
            DestinationPort port,
            RouteTargets targets,
            RouteEscapes escapes,
            Consumer<RouteEscape> told) {
        this.gateway = gateway;
        this.listener = listener;
        this.host = host;
        this.port = port;
        this.targets = targets;
        this.escapes = escapes;
        this.told = told;
    }

    /** In order of precedence, without what comes after one that everything matches. */
    List<CompiledRoute> compiled(List<RouteCandidate> candidates) {
        List<CompiledRoute> routes = new ArrayList<>();
        for (RouteCandidate candidate : candidates) {
            routes.add(compiled(candidate));
            if (routes.getLast().criteria().equals(RouteCriteria.NONE)) {
                break;
            }
        }
        return routes;
    }

    private CompiledRoute compiled(RouteCandidate candidate) {
        RouteRule rule = candidate.says();
        var unnamed = new CompiledRoute(
                "",
                candidate.route().name(),
                candidate.rule(),
                candidate.match(),
                candidate.criteria(),
                action(candidate),
                edits(rule.filters().stream()
                        .filter(filter -> filter instanceof RouteFilter.ResponseHeaders)
                        .map(filter -> ((RouteFilter.ResponseHeaders) filter).edits())),
                rule.filters().stream()
                        .filter(filter -> filter instanceof RouteFilter.Fault)
                        .map(filter -> (RouteFilter.Fault) filter)
                        .toList());
        ContentHash hash = new ContentHash();
        RouteEncoding.content(hash, unnamed);
        return unnamed.named(
                "%s/%d/%d/%s".formatted(unnamed.route(), unnamed.rule(), unnamed.match(), hash.hex(DIGITS)));
    }

    private static HeaderEdits edits(Stream<HeaderEdits> edits) {
        return edits.findFirst().orElse(HeaderEdits.NONE);
    }

    private RouteAction action(RouteCandidate candidate) {
        for (RouteFilter filter : candidate.says().filters()) {
            if (filter instanceof RouteFilter.Redirect redirect) {
                return new RouteAction.Redirect(redirect);
            }
            if (filter instanceof RouteFilter.DirectResponse response) {
                return new RouteAction.Respond(response);
            }
        }
        return forward(candidate);
    }

    private RouteAction forward(RouteCandidate candidate) {
        RouteRule rule = candidate.says();
        List<HostPattern> rewritten =
                rewrites(rule).flatMap(one -> one.hostname().stream()).toList();
        List<PathRewrite> path =
                rewrites(rule).flatMap(one -> one.path().stream()).toList();
        List<Optional<RouteTarget>> led = new ArrayList<>();
        if (rule.backends().isEmpty()) {
            led.add(led(candidate, "", targets.findOwner(rewritten), rewritten));
        }
        for (int index = 0; index < rule.backends().size(); index++) {
            var backend = rule.backends().get(index);
            led.add(led(
                    candidate,
                    "/backends/" + index,
                    targets.find(candidate.route().namespace(), backend.target(), backend.weight(), rewritten),
                    rewritten));
        }
        List<Optional<RouteMirror>> mirrors = mirrors(candidate, rewritten);
        if (led.stream().anyMatch(Optional::isEmpty) || mirrors.stream().anyMatch(Optional::isEmpty)) {
            return new RouteAction.Refuse();
        }
        return new RouteAction.Forward(
                led.stream().flatMap(Optional::stream).toList(),
                mirrors.stream().flatMap(Optional::stream).toList(),
                new RouteAction.RequestEdits(
                        edits(rule.filters().stream()
                                .filter(filter -> filter instanceof RouteFilter.RequestHeaders)
                                .map(filter -> ((RouteFilter.RequestHeaders) filter).edits())),
                        rewritten,
                        path),
                rule.timeouts(),
                rule.retry());
    }

    private static Stream<RouteFilter.Rewrite> rewrites(RouteRule rule) {
        return rule.filters().stream()
                .filter(filter -> filter instanceof RouteFilter.Rewrite)
                .map(filter -> (RouteFilter.Rewrite) filter);
    }

    private List<Optional<RouteMirror>> mirrors(RouteCandidate candidate, List<HostPattern> rewritten) {
        List<Optional<RouteMirror>> mirrors = new ArrayList<>();
        List<RouteFilter> filters = candidate.says().filters();
        for (int index = 0; index < filters.size(); index++) {
            if (filters.get(index) instanceof RouteFilter.Mirror(BackendTarget target, var percent)) {
                mirrors.add(led(
                                candidate,
                                "/filters/%d/requestMirror".formatted(index),
                                targets.findForCopies(candidate.route().namespace(), target, rewritten),
                                List.of())
                        .map(found -> new RouteMirror(found, percent)));
            }
        }
        return mirrors;
    }

    // Nothing where it may not lead there.
    private Optional<RouteTarget> led(RouteCandidate candidate, String pointer, Led led, List<HostPattern> rewritten) {
        Optional<RouteEscapes.Reason> reason = switch (led) {
            case Led.Nowhere nowhere -> Optional.of(new RouteEscapes.Reason("", nowhere.why()));
            case Led.To to -> escapes.reason(listener, host, port, to, rewritten);
        };
        reason.ifPresent(known -> told.accept(new RouteEscape(
                candidate.route().name(),
                "/spec/rules/%d%s".formatted(candidate.rule(), pointer),
                gateway,
                listener.listener().name(),
                host,
                port.number(),
                known.admitting(),
                known.why())));
        return reason.isEmpty() && led instanceof Led.To to ? Optional.of(to.target()) : Optional.empty();
    }
}
