package io.sallyport.testkit;

import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.route.FieldMatch;
import io.sallyport.domain.route.HeaderEdits;
import io.sallyport.domain.route.HeaderEdits.Header;
import io.sallyport.domain.route.PathMatch;
import io.sallyport.domain.route.PathRewrite;
import io.sallyport.domain.route.Percentage;
import io.sallyport.domain.route.RetryPolicy;
import io.sallyport.domain.route.RouteFilter;
import io.sallyport.domain.route.RouteTimeouts;
import io.sallyport.domain.route.ValueMatch;
import io.sallyport.domain.snapshot.CompiledRoute;
import io.sallyport.domain.snapshot.HostEntry;
import io.sallyport.domain.snapshot.ListenerSnapshot;
import io.sallyport.domain.snapshot.PortEntry;
import io.sallyport.domain.snapshot.RouteAction;
import io.sallyport.domain.snapshot.RouteAction.RequestEdits;
import io.sallyport.domain.snapshot.RouteCriteria;
import io.sallyport.domain.snapshot.RouteMirror;
import io.sallyport.domain.snapshot.RouteTarget;
import io.sallyport.domain.snapshot.Snapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** A route as a snapshot has it, made by hand: one that leads where no route could that is written. */
public final class CompiledRouteBuilder {
    private final ResourceName name;
    private PathMatch path = new PathMatch.Prefix("/");
    private final List<FieldMatch> headers = new ArrayList<>();
    private final List<FieldMatch> queryParams = new ArrayList<>();
    private final List<String> method = new ArrayList<>();
    private boolean isGrpc;
    private final List<RouteTarget> targets = new ArrayList<>();
    private final List<RouteMirror> mirrors = new ArrayList<>();
    private final List<HostPattern> hostSent = new ArrayList<>();
    private final List<PathRewrite> pathSent = new ArrayList<>();
    private HeaderEdits request = HeaderEdits.NONE;
    private HeaderEdits response = HeaderEdits.NONE;
    private RouteTimeouts timeouts = RouteTimeouts.NONE;
    private final List<RetryPolicy> retry = new ArrayList<>();
    private final List<RouteFilter.Fault> fault = new ArrayList<>();
    private Optional<RouteAction> answer = Optional.empty();

    private CompiledRouteBuilder(ResourceName name) {
        this.name = name;
    }

    public static CompiledRouteBuilder aCompiledRoute(String name) {
        return new CompiledRouteBuilder(ResourceName.parse(name));
    }

    public CompiledRouteBuilder exactly(String value) {
        path = new PathMatch.Exact(value);
        return this;
    }

    public CompiledRouteBuilder below(String value) {
        path = new PathMatch.Prefix(value);
        return this;
    }

    public CompiledRouteBuilder matching(String regex) {
        path = new PathMatch.Regex(regex);
        return this;
    }

    public CompiledRouteBuilder header(String header, ValueMatch value) {
        headers.add(new FieldMatch(header, value, false));
        return this;
    }

    public CompiledRouteBuilder headerNot(String header, ValueMatch value) {
        headers.add(new FieldMatch(header, value, true));
        return this;
    }

    public CompiledRouteBuilder query(String parameter, ValueMatch value) {
        queryParams.add(new FieldMatch(parameter, value, false));
        return this;
    }

    public CompiledRouteBuilder queryNot(String parameter, ValueMatch value) {
        queryParams.add(new FieldMatch(parameter, value, true));
        return this;
    }

    public CompiledRouteBuilder method(String value) {
        method.add(value);
        return this;
    }

    public CompiledRouteBuilder grpc() {
        isGrpc = true;
        return this;
    }

    public CompiledRouteBuilder to(String upstream, int weight) {
        targets.add(new RouteTarget(upstream, List.of(), weight, List.of()));
        return this;
    }

    public CompiledRouteBuilder to(String upstream) {
        return to(upstream, 1);
    }

    public CompiledRouteBuilder toSubset(String upstream, String subset) {
        targets.add(new RouteTarget(upstream, List.of(new Name(subset)), 1, List.of()));
        return this;
    }

    /** Where TLS is for another host than the one that is sent. */
    public CompiledRouteBuilder toServer(String upstream, String serverName) {
        targets.add(new RouteTarget(upstream, List.of(), 1, List.of(new HostPattern(serverName))));
        return this;
    }

    public CompiledRouteBuilder mirroring(String upstream, int percent, String... serverName) {
        var target = new RouteTarget(
                upstream,
                List.of(),
                1,
                Stream.of(serverName).map(HostPattern::new).toList());
        mirrors.add(new RouteMirror(target, percent(percent)));
        return this;
    }

    public CompiledRouteBuilder mirroringSubset(String upstream, String subset) {
        mirrors.add(
                new RouteMirror(new RouteTarget(upstream, List.of(new Name(subset)), 1, List.of()), Percentage.ALL));
        return this;
    }

    public CompiledRouteBuilder sendingAs(String host) {
        hostSent.add(new HostPattern(host));
        return this;
    }

    public CompiledRouteBuilder rewriting(PathRewrite rewrite) {
        pathSent.add(rewrite);
        return this;
    }

    public CompiledRouteBuilder editingRequest(HeaderEdits edits) {
        request = edits;
        return this;
    }

    public CompiledRouteBuilder editingResponse(HeaderEdits edits) {
        response = edits;
        return this;
    }

    public CompiledRouteBuilder within(RouteTimeouts bounds) {
        timeouts = bounds;
        return this;
    }

    public CompiledRouteBuilder retrying(RetryPolicy policy) {
        retry.add(policy);
        return this;
    }

    public CompiledRouteBuilder failing(RouteFilter.Fault injected) {
        fault.add(injected);
        return this;
    }

    public CompiledRouteBuilder redirecting(RouteFilter.Redirect redirect) {
        answer = Optional.of(new RouteAction.Redirect(redirect));
        return this;
    }

    public CompiledRouteBuilder answering(int status, String body, String contentType) {
        answer = Optional.of(new RouteAction.Respond(new RouteFilter.DirectResponse(status, body, contentType)));
        return this;
    }

    /** Answers with its own name. */
    public CompiledRouteBuilder sayingItsName() {
        return answering(200, name.name().value(), "text/plain");
    }

    public CompiledRouteBuilder refusing() {
        answer = Optional.of(new RouteAction.Refuse());
        return this;
    }

    public static HeaderEdits setting(String header, String value) {
        return new HeaderEdits(List.of(new Header(header, value)), List.of(), List.of());
    }

    public static Percentage percent(int percent) {
        return new Percentage(percent * (Percentage.WHOLE / 100));
    }

    public CompiledRoute build() {
        return new CompiledRoute(
                name + "/0/0/" + Integer.toHexString(System.identityHashCode(this)),
                name,
                0,
                0,
                new RouteCriteria(path, headers, queryParams, method, isGrpc),
                answer.orElseGet(() -> new RouteAction.Forward(
                        targets, mirrors, new RequestEdits(request, hostSent, pathSent), timeouts, retry)),
                response,
                fault);
    }

    /** The snapshot, where every port of a host of every listener has these routes besides. */
    public static Snapshot routed(Snapshot snapshot, String host, CompiledRouteBuilder... builders) {
        List<CompiledRoute> routes =
                Stream.of(builders).map(CompiledRouteBuilder::build).toList();
        List<String> ids = routes.stream().map(CompiledRoute::id).toList();
        return new Snapshot(
                snapshot.gateway(),
                snapshot.version(),
                snapshot.settings(),
                snapshot.sources(),
                snapshot.listeners().stream()
                        .map(listener -> routed(listener, host, ids))
                        .toList(),
                Stream.concat(snapshot.routes().stream(), routes.stream()).toList(),
                snapshot.upstreams(),
                snapshot.policies(),
                snapshot.secrets());
    }

    private static ListenerSnapshot routed(ListenerSnapshot listener, String host, List<String> ids) {
        return new ListenerSnapshot(
                listener.listener(),
                listener.hosts().stream()
                        .map(entry -> entry.host().value().equals(host) ? routed(entry, ids) : entry)
                        .toList(),
                listener.jwt(),
                listener.policy());
    }

    private static HostEntry routed(HostEntry entry, List<String> ids) {
        return new HostEntry(
                entry.host(),
                entry.destination(),
                entry.bucket(),
                entry.ports().stream().map(port -> routed(port, ids)).toList(),
                entry.policy());
    }

    private static PortEntry routed(PortEntry port, List<String> ids) {
        return new PortEntry(
                port.number(),
                port.upstream(),
                port.rules(),
                port.shadows(),
                Stream.concat(port.routes().stream(), ids.stream()).toList(),
                port.enforceability());
    }
}
