package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.security.RateLimit;
import io.sallyport.domain.security.RateLimit.Key;
import io.sallyport.domain.security.RateLimit.Local;
import io.sallyport.rest.json.Violations.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;

/** How much may come in a time, in JSON. */
final class RateLimitJson {
    private static final SequencedMap<String, Key> KEYS = Choices.of(Key.values(), Choices::capitalized);
    private static final int MOST = 1_000_000_000;
    private static final Function<Place, Optional<Duration>> PER =
            DurationJson.between(Duration.ofMillis(50), Duration.ofHours(24));

    private RateLimitJson() {}

    static Optional<RateLimit> read(Place place) {
        Fields fields = place.fields("local");
        List<Local> local = fields.requiredList("local", RateLimitJson::readLocal);
        fields.refuseRepeats("local", local, Function.identity());
        return fields.build(() -> new RateLimit(local, List.of()));
    }

    private static Optional<Local> readLocal(Place place) {
        Fields fields = place.fields("requests", "per", "burst", "keys");
        Optional<Integer> requests = fields.required("requests", item -> item.integer(1, MOST));
        Optional<Duration> per = fields.required("per", PER);
        Optional<Integer> burst = fields.optional("burst", item -> item.integer(1, MOST));
        List<Key> keys = keys(fields);
        if (requests.isPresent() && burst.isPresent() && burst.get() < requests.get()) {
            place.child("burst")
                    .report(
                            Reason.CONTRADICTION,
                            "A burst below 'requests' would never let %d through: use %d at least."
                                    .formatted(requests.get(), requests.get()));
        }
        return fields.build(() -> new Local(
                requests.orElseThrow(),
                per.orElseThrow(),
                burst.or(() -> requests).orElseThrow(),
                keys));
    }

    private static List<Key> keys(Fields fields) {
        List<Key> keys = fields.list("keys", item -> item.oneOf(KEYS));
        fields.refuseRepeats("keys", keys, Function.identity());
        return keys;
    }

    static ObjectNode write(RateLimit limit) {
        ObjectNode result = Tree.object();
        Tree.list(result, "local", limit.local(), RateLimitJson::writeLocal);
        return result;
    }

    private static ObjectNode writeLocal(Local limit) {
        ObjectNode result = Tree.object()
                .put("requests", limit.requests())
                .put("per", DurationJson.text(limit.per()))
                .put("burst", limit.burst());
        writeKeys(result, limit.keys());
        return result;
    }

    private static void writeKeys(ObjectNode result, List<Key> keys) {
        Tree.texts(result, "keys", keys.stream().map(Choices::capitalized).toList());
    }
}
