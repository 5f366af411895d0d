package io.sallyport.push.agent;

import io.sallyport.domain.Name;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.route.HeaderEdits;
import io.sallyport.domain.route.PathRewrite;
import io.sallyport.domain.route.RetryPolicy;
import io.sallyport.domain.route.RouteTimeouts;
import io.sallyport.domain.snapshot.RouteAction;
import io.sallyport.domain.snapshot.RouteMirror;
import io.sallyport.domain.snapshot.RouteTarget;
import io.sallyport.push.agent.v1.AgentProtocol.Route;
import java.util.List;

/** Where routes lead, and what is changed on the way. */
final class RouteFields {
    private RouteFields() {}

    static Route.Forward forward(RouteAction.Forward forward) {
        Route.Forward.Builder builder = Route.Forward.newBuilder()
                .addAllTargets(
                        forward.targets().stream().map(RouteFields::target).toList())
                .addAllMirrors(
                        forward.mirrors().stream().map(RouteFields::mirror).toList());
        if (!forward.edits().headers().isEmpty()) {
            builder.setRequestHeaders(edits(forward.edits().headers()));
        }
        forward.edits().host().stream().map(HostPattern::value).forEach(builder::setHost);
        forward.edits().path().forEach(path -> builder.setPath(rewrite(path)));
        timeouts(builder, forward.timeouts());
        forward.retry().forEach(retry -> builder.setRetry(retry(retry)));
        return builder.build();
    }

    private static void timeouts(Route.Forward.Builder builder, RouteTimeouts timeouts) {
        if (!timeouts.request().isZero()) {
            builder.setRequestTimeout(Times.of(timeouts.request()));
        }
        if (!timeouts.backendRequest().isZero()) {
            builder.setAttemptTimeout(Times.of(timeouts.backendRequest()));
        }
        if (!timeouts.idle().isZero()) {
            builder.setIdleTimeout(Times.of(timeouts.idle()));
        }
    }

    private static Route.Target target(RouteTarget target) {
        Route.Target.Builder builder =
                Route.Target.newBuilder().setUpstream(target.upstream()).setWeight(target.weight());
        target.subset().stream().map(Name::value).forEach(builder::setSubset);
        target.serverName().stream().map(HostPattern::value).forEach(builder::setServerName);
        return builder.build();
    }

    private static Route.Mirror mirror(RouteMirror mirror) {
        return Route.Mirror.newBuilder()
                .setTarget(target(mirror.target()))
                .setMillionths(mirror.percent().millionths())
                .build();
    }

    private static Route.Retry retry(RetryPolicy retry) {
        Route.Retry.Builder builder = Route.Retry.newBuilder()
                .setAttempts(retry.attempts())
                .addAllConditions(retry.conditions().stream()
                        .map(RetryPolicy.Condition::documentName)
                        .toList())
                .addAllStatuses(retry.statuses())
                .setBackOffBase(Times.of(retry.backOff().base()))
                .setBackOffMax(Times.of(retry.backOff().max()));
        if (!retry.perTryTimeout().isZero()) {
            builder.setPerTryTimeout(Times.of(retry.perTryTimeout()));
        }
        retry.budget()
                .forEach(budget -> builder.setBudget(Route.RetryBudget.newBuilder()
                        .setMillionths(budget.percent().millionths())
                        .setMinConcurrency(budget.minConcurrency())));
        return builder.build();
    }

    static Route.PathRewrite rewrite(PathRewrite rewrite) {
        return switch (rewrite) {
            case PathRewrite.Full full ->
                Route.PathRewrite.newBuilder().setFull(full.value()).build();
            case PathRewrite.Prefix prefix ->
                Route.PathRewrite.newBuilder().setPrefix(prefix.value()).build();
        };
    }

    static Route.HeaderEdits edits(HeaderEdits edits) {
        return Route.HeaderEdits.newBuilder()
                .addAllSet(headers(edits.set()))
                .addAllAdd(headers(edits.add()))
                .addAllRemove(edits.remove())
                .build();
    }

    private static List<Route.Header> headers(List<HeaderEdits.Header> headers) {
        return headers.stream()
                .map(header -> Route.Header.newBuilder()
                        .setName(header.name())
                        .setValue(header.value())
                        .build())
                .toList();
    }
}
