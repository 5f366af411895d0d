package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Name;
import io.sallyport.domain.route.RetryPolicy;
import io.sallyport.domain.route.RouteBackend;
import io.sallyport.domain.route.RouteFilter;
import io.sallyport.domain.route.RouteMatch;
import io.sallyport.domain.route.RouteRule;
import io.sallyport.domain.route.RouteTimeouts;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** A rule of a route in JSON. */
final class RouteRuleJson {
    private static final int MOST_ENTRIES = 16;

    private RouteRuleJson() {}

    static Optional<RouteRule> read(Place place, Name own) {
        Fields fields = place.fields("matches", "filters", "backends", "timeouts", "retry");
        List<RouteMatch> matches = fields.list("matches", RouteMatchJson::read);
        List<RouteFilter> filters = fields.list("filters", item -> RouteFilterJson.read(item, own));
        List<RouteBackend> backends = fields.list("backends", item -> RouteBackendJson.read(item, own));
        Optional<RouteTimeouts> timeouts = fields.defaulted("timeouts", RouteTimeouts.NONE, RouteTimeoutsJson::read);
        Optional<RetryPolicy> retry = fields.optional("retry", RetryPolicyJson::read);
        fields.refuseRepeats("matches", matches, Function.identity());
        fields.refuseRepeats("backends", backends, RouteBackend::target);
        for (String list : List.of("matches", "filters", "backends")) {
            fields.refuseMoreThan(MOST_ENTRIES, list);
        }
        RouteContradictions.report(fields, matches, filters, backends, timeouts, retry);
        return fields.build(() -> new RouteRule(
                matches,
                filters,
                backends,
                timeouts.orElseThrow(),
                retry.stream().toList()));
    }

    static ObjectNode write(RouteRule rule) {
        ObjectNode result = Tree.object();
        Tree.list(result, "matches", rule.matches(), RouteMatchJson::write);
        Tree.list(result, "filters", rule.filters(), RouteFilterJson::write);
        Tree.list(result, "backends", rule.backends(), RouteBackendJson::write);
        if (!rule.timeouts().equals(RouteTimeouts.NONE)) {
            result.set("timeouts", RouteTimeoutsJson.write(rule.timeouts()));
        }
        rule.retry().forEach(retry -> result.set("retry", RetryPolicyJson.write(retry)));
        return result;
    }
}
