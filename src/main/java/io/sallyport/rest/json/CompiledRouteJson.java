package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.route.PathMatch;
import io.sallyport.domain.route.RouteFilter;
import io.sallyport.domain.route.RouteTimeouts;
import io.sallyport.domain.snapshot.CompiledRoute;
import io.sallyport.domain.snapshot.RouteAction;
import io.sallyport.domain.snapshot.RouteCriteria;
import io.sallyport.domain.snapshot.RouteMirror;
import io.sallyport.domain.snapshot.RouteTarget;

/** A route as a gateway has it, in JSON; what people wrote is written as they wrote it. */
final class CompiledRouteJson {
    private CompiledRouteJson() {}

    static ObjectNode write(CompiledRoute route) {
        ObjectNode result = Tree.object().put("id", route.id());
        result.set("route", ReferenceJson.write(route.route()));
        result.put("rule", route.rule()).put("match", route.match());
        write(result, route.criteria());
        write(result, route.action());
        if (!route.responseHeaders().isEmpty()) {
            result.set("responseHeaders", HeaderEditsJson.write(route.responseHeaders()));
        }
        route.fault().forEach(fault -> result.set("fault", FaultJson.write(fault)));
        return result;
    }

    private static void write(ObjectNode result, RouteCriteria criteria) {
        if (!criteria.path().equals(PathMatch.any())) {
            result.set("path", PathMatchJson.write(criteria.path()));
        }
        Tree.list(result, "headers", criteria.headers(), FieldMatchJson::write);
        Tree.list(result, "queryParams", criteria.queryParams(), FieldMatchJson::write);
        criteria.method().forEach(method -> result.put("method", method));
        if (criteria.isGrpc()) {
            result.put("grpc", true);
        }
    }

    private static void write(ObjectNode result, RouteAction action) {
        switch (action) {
            case RouteAction.Forward forward -> write(result, forward);
            case RouteAction.Redirect(RouteFilter.Redirect redirect) ->
                result.set("redirect", RedirectJson.write(redirect));
            case RouteAction.Respond(RouteFilter.DirectResponse response) ->
                result.set("directResponse", DirectResponseJson.write(response));
            case RouteAction.Refuse refuse -> result.put("refused", "route-escapes-rules");
        }
    }

    private static void write(ObjectNode result, RouteAction.Forward forward) {
        Tree.list(result, "targets", forward.targets(), CompiledRouteJson::write);
        Tree.list(result, "mirrors", forward.mirrors(), CompiledRouteJson::write);
        if (!forward.edits().headers().isEmpty()) {
            result.set("requestHeaders", HeaderEditsJson.write(forward.edits().headers()));
        }
        forward.edits().host().forEach(host -> result.put("rewrittenHost", host.value()));
        forward.edits().path().forEach(path -> result.set("rewrittenPath", PathRewriteJson.write(path)));
        if (!forward.timeouts().equals(RouteTimeouts.NONE)) {
            result.set("timeouts", RouteTimeoutsJson.write(forward.timeouts()));
        }
        forward.retry().forEach(retry -> result.set("retry", RetryPolicyJson.write(retry)));
    }

    static ObjectNode write(RouteTarget target) {
        ObjectNode result = Tree.object().put("upstream", target.upstream());
        target.subset().forEach(subset -> result.put("subset", subset.value()));
        result.put("weight", target.weight());
        target.serverName().forEach(name -> result.put("serverName", name.value()));
        return result;
    }

    private static ObjectNode write(RouteMirror mirror) {
        return write(mirror.target()).put("percent", PercentageJson.write(mirror.percent()));
    }
}
