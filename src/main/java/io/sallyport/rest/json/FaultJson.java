package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.route.Percentage;
import io.sallyport.domain.route.RouteFilter.Abort;
import io.sallyport.domain.route.RouteFilter.Delay;
import io.sallyport.domain.route.RouteFilter.Fault;
import java.time.Duration;
import java.util.Optional;

/** What goes wrong on purpose, in JSON. */
final class FaultJson {
    private static final Duration LONGEST_DELAY = Duration.ofHours(1);

    private FaultJson() {}

    static Optional<Fault> read(Place place) {
        Fields fields = place.fields("delay", "abort");
        Optional<Delay> delay = fields.optional("delay", FaultJson::readDelay);
        Optional<Abort> abort = fields.optional("abort", FaultJson::readAbort);
        if (!fields.isThere("delay")) {
            fields.needed("abort", "Something is to go wrong here: 'delay', 'abort' or both.");
        }
        return fields.build(
                () -> new Fault(delay.stream().toList(), abort.stream().toList()));
    }

    private static Optional<Delay> readDelay(Place place) {
        Fields fields = place.fields("fixedDelay", "percent");
        Optional<Duration> delay =
                fields.required("fixedDelay", DurationJson.between(Duration.ofMillis(1), LONGEST_DELAY));
        Optional<Percentage> percent = fields.defaulted("percent", Percentage.ALL, PercentageJson::read);
        return fields.build(() -> new Delay(delay.orElseThrow(), percent.orElseThrow()));
    }

    private static Optional<Abort> readAbort(Place place) {
        Fields fields = place.fields("status", "percent");
        Optional<Integer> status = fields.required("status", DirectResponseJson::status);
        Optional<Percentage> percent = fields.defaulted("percent", Percentage.ALL, PercentageJson::read);
        return fields.build(() -> new Abort(status.orElseThrow(), percent.orElseThrow()));
    }

    static ObjectNode write(Fault fault) {
        ObjectNode result = Tree.object();
        fault.delay()
                .forEach(delay -> result.putObject("delay")
                        .put("fixedDelay", DurationJson.text(delay.fixedDelay()))
                        .put("percent", PercentageJson.write(delay.percent())));
        fault.abort()
                .forEach(abort -> result.putObject("abort")
                        .put("status", abort.status())
                        .put("percent", PercentageJson.write(abort.percent())));
        return result;
    }
}
