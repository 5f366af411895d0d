package io.sallyport.push.agent;

import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.route.FieldMatch;
import io.sallyport.domain.route.PathMatch;
import io.sallyport.domain.route.RouteFilter;
import io.sallyport.domain.route.ValueMatch;
import io.sallyport.domain.snapshot.CompiledRoute;
import io.sallyport.domain.snapshot.RouteAction;
import io.sallyport.domain.snapshot.RouteCriteria;
import io.sallyport.push.agent.v1.AgentProtocol;
import io.sallyport.push.agent.v1.AgentProtocol.Route;
import java.util.Locale;

/** A match of a route, with what then happens. */
final class RouteResource {
    private RouteResource() {}

    static AgentProtocol.Resource of(CompiledRoute compiled) {
        Route.Builder route = Route.newBuilder()
                .setId(compiled.id())
                .setRoute(compiled.route().toString())
                .setRule(compiled.rule())
                .setMatch(compiled.match())
                .setCriteria(criteria(compiled.criteria()));
        if (!compiled.responseHeaders().isEmpty()) {
            route.setResponseHeaders(RouteFields.edits(compiled.responseHeaders()));
        }
        compiled.fault().forEach(fault -> route.setFault(fault(fault)));
        switch (compiled.action()) {
            case RouteAction.Forward forward -> route.setForward(RouteFields.forward(forward));
            case RouteAction.Redirect(RouteFilter.Redirect redirect) -> route.setRedirect(redirect(redirect));
            case RouteAction.Respond(RouteFilter.DirectResponse(int status, String body, String contentType)) ->
                route.setDirectResponse(Route.DirectResponse.newBuilder()
                        .setStatus(status)
                        .setBody(body)
                        .setContentType(contentType));
            case RouteAction.Refuse refuse -> route.setRefuse(Route.Refuse.getDefaultInstance());
        }
        return AgentProtocol.Resource.newBuilder()
                .setName("route/" + compiled.id())
                .setRoute(route)
                .build();
    }

    private static Route.Criteria criteria(RouteCriteria criteria) {
        Route.Criteria.Builder builder = Route.Criteria.newBuilder()
                .addAllHeaders(
                        criteria.headers().stream().map(RouteResource::field).toList())
                .addAllQueryParams(criteria.queryParams().stream()
                        .map(RouteResource::field)
                        .toList())
                .setGrpc(criteria.isGrpc());
        criteria.method().forEach(builder::setMethod);
        switch (criteria.path()) {
            case PathMatch.Exact exact -> builder.setExact(exact.value());
            case PathMatch.Prefix prefix -> builder.setPrefix(prefix.value());
            case PathMatch.Regex regex -> builder.setRegex(regex.value());
        }
        return builder.build();
    }

    private static Route.Field field(FieldMatch field) {
        Route.Field.Builder builder =
                Route.Field.newBuilder().setName(field.name()).setInverted(field.isInverted());
        switch (field.value()) {
            case ValueMatch.Exact exact -> builder.setExact(exact.text());
            case ValueMatch.Regex regex -> builder.setRegex(regex.regex());
            case ValueMatch.Present present -> builder.setPresent(true);
        }
        return builder.build();
    }

    private static Route.Redirect redirect(RouteFilter.Redirect redirect) {
        Route.Redirect.Builder builder = Route.Redirect.newBuilder().setStatus(redirect.statusCode());
        redirect.scheme().forEach(scheme -> builder.setScheme(scheme.name().toLowerCase(Locale.ROOT)));
        redirect.hostname().stream().map(HostPattern::value).forEach(builder::setHost);
        redirect.port().stream().map(PortNumber::value).forEach(builder::setPort);
        redirect.path().forEach(path -> builder.setPath(RouteFields.rewrite(path)));
        return builder.build();
    }

    private static Route.Fault fault(RouteFilter.Fault fault) {
        Route.Fault.Builder builder = Route.Fault.newBuilder();
        fault.delay()
                .forEach(delay -> builder.setDelay(Times.of(delay.fixedDelay()))
                        .setDelayMillionths(delay.percent().millionths()));
        fault.abort()
                .forEach(abort -> builder.setAbortStatus(abort.status())
                        .setAbortMillionths(abort.percent().millionths()));
        return builder.build();
    }
}
