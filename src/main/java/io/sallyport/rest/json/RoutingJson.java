package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.decision.Routing;
import io.sallyport.domain.snapshot.CompiledRoute;
import io.sallyport.domain.snapshot.RouteAction.Forward;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** What routes make of a request, in JSON; nothing where none applies. */
final class RoutingJson {
    private static final BigDecimal WHOLE = BigDecimal.valueOf(100);
    private static final int DIGITS = 4;

    private RoutingJson() {}

    static void write(ObjectNode answer, Routing routing) {
        switch (routing) {
            case Routing.ToOwner owner -> {
                // Where it goes then is said already.
            }
            case Routing.NoRoute none -> answer.putObject("routing").put("outcome", "NoRoute");
            case Routing.AmbiguousPath ambiguous -> answer.putObject("routing").put("outcome", "AmbiguousPath");
            case Routing.Taken taken -> {
                ObjectNode result = answer.putObject("routing").put("outcome", "Taken");
                result.setAll(CompiledRouteJson.write(taken.route()));
                shares(result, taken.route());
            }
        }
    }

    // A weight means little without the sum.
    private static void shares(ObjectNode result, CompiledRoute route) {
        if (route.action() instanceof Forward forward) {
            long sum = forward.targets().stream()
                    .mapToLong(target -> target.weight())
                    .sum();
            for (int index = 0; index < forward.targets().size(); index++) {
                BigDecimal share = BigDecimal.valueOf(
                                forward.targets().get(index).weight())
                        .multiply(WHOLE)
                        .divide(BigDecimal.valueOf(sum), DIGITS, RoundingMode.HALF_UP);
                ((ObjectNode) result.path("targets").get(index)).put("percent", share);
            }
        }
    }
}
