package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Name;
import io.sallyport.domain.TrafficRoute;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.route.RouteParent;
import io.sallyport.domain.route.RouteRule;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** The spec of a traffic route in JSON. */
final class TrafficRouteJson {
    private static final int MOST_PARENTS = 32;
    private static final int MOST_HOSTNAMES = 64;
    private static final int MOST_RULES = 64;

    private TrafficRouteJson() {}

    /** References without a namespace are to the route's own. */
    static Optional<TrafficRoute> read(Place spec, Name own) {
        Fields fields = spec.fields("parentRefs", "hostnames", "rules");
        List<RouteParent> parents = fields.requiredList("parentRefs", RouteParentJson::read);
        List<HostPattern> hostnames = fields.list("hostnames", item -> item.parsed(HostPattern::parse));
        List<RouteRule> rules = fields.requiredList("rules", item -> RouteRuleJson.read(item, own));
        fields.refuseRepeats("parentRefs", parents, Function.identity());
        fields.refuseRepeats("hostnames", hostnames, Function.identity());
        fields.refuseMoreThan(MOST_PARENTS, "parentRefs");
        fields.refuseMoreThan(MOST_HOSTNAMES, "hostnames");
        fields.refuseMoreThan(MOST_RULES, "rules");
        return fields.build(() -> new TrafficRoute(parents, hostnames, rules));
    }

    static ObjectNode write(TrafficRoute route) {
        ObjectNode spec = Tree.object();
        Tree.list(spec, "parentRefs", route.parents(), RouteParentJson::write);
        Tree.texts(spec, "hostnames", route.hostnames());
        Tree.list(spec, "rules", route.rules(), RouteRuleJson::write);
        return spec;
    }
}
