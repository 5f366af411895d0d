package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.security.RateLimit;
import io.sallyport.domain.security.RateLimit.Global;
import io.sallyport.domain.security.RateLimit.Local;
import io.sallyport.rest.json.Violations.Reason;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.function.Function;
import java.util.regex.Pattern;

/** How much may come in a time, in JSON. */
final class RateLimitJson {
    private static final SequencedMap<String, RateLimit.Key> KEYS =
            Choices.of(RateLimit.Key.values(), Choices::capitalized);
    private static final int MOST = 1_000_000_000;
    private static final Pattern DOMAIN = Pattern.compile("[A-Za-z0-9._/-]{1,253}");
    private static final Function<Place, Optional<Duration>> PER =
            DurationJson.between(Duration.ofMillis(50), Duration.ofHours(24));

    private RateLimitJson() {}

    /** References without a namespace are to the policy's own. */
    static Optional<RateLimit> read(Place place, Name own) {
        Fields fields = place.fields("local", "global");
        List<Local> local = fields.list("local", RateLimitJson::readLocal);
        Optional<Global> global = fields.optional("global", item -> readGlobal(item, own));
        fields.refuseEmpty("local");
        fields.refuseRepeats("local", local, Function.identity());
        if (!fields.isThere("local")) {
            fields.needed("global", "A limit is counted by each proxy ('local'), by a service ('global'), or by both.");
        }
        return fields.build(() -> new RateLimit(local, global.stream().toList()));
    }

    private static Optional<Local> readLocal(Place place) {
        Fields fields = place.fields("requests", "per", "burst", "keys");
        Optional<Integer> requests = fields.required("requests", item -> item.integer(1, MOST));
        Optional<Duration> per = fields.required("per", PER);
        Optional<Integer> burst = fields.optional("burst", item -> item.integer(1, MOST));
        List<RateLimit.Key> keys = keys(fields);
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

    private static Optional<Global> readGlobal(Place place, Name own) {
        Fields fields = place.fields("destinationRef", "port", "domain", "keys", "timeout", "failureMode");
        Optional<ResourceName> destination = fields.required("destinationRef", item -> ReferenceJson.read(item, own));
        Optional<PortNumber> port = fields.optional("port", PortJson::read);
        Optional<String> domain = fields.required("domain", item -> item.parsed(RateLimitJson::domain));
        Optional<Duration> timeout = fields.defaulted("timeout", ServiceJson.USUAL_TIMEOUT, ServiceJson.TIMEOUT);
        Optional<Boolean> failOpen = ServiceJson.readFailOpen(fields);
        fields.requiredList("keys", item -> item.oneOf(KEYS));
        List<RateLimit.Key> keys = keys(fields);
        return fields.build(() -> new Global(
                destination.orElseThrow(),
                port.stream().toList(),
                domain.orElseThrow(),
                keys,
                timeout.orElseThrow(),
                failOpen.orElseThrow()));
    }

    private static List<RateLimit.Key> keys(Fields fields) {
        List<RateLimit.Key> keys = fields.list("keys", item -> item.oneOf(KEYS));
        fields.refuseRepeats("keys", keys, Function.identity());
        return keys;
    }

    private static String domain(String text) {
        if (!DOMAIN.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "'%s' is not a domain of a rate limit service: use 1 to 253 letters, digits, '.', '_', '/' and '-'"
                            .formatted(Suggestion.shortened(text)));
        }
        return text;
    }

    static ObjectNode write(RateLimit limit) {
        ObjectNode result = Tree.object();
        Tree.list(result, "local", limit.local(), RateLimitJson::writeLocal);
        limit.global().forEach(global -> result.set("global", writeGlobal(global)));
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

    private static ObjectNode writeGlobal(Global limit) {
        ObjectNode result = Tree.object();
        result.set("destinationRef", ReferenceJson.write(limit.destination()));
        limit.port().forEach(port -> result.put("port", port.value()));
        result.put("domain", limit.domain());
        writeKeys(result, limit.keys());
        return ServiceJson.write(result, limit.timeout(), limit.failOpen());
    }

    private static void writeKeys(ObjectNode result, List<RateLimit.Key> keys) {
        Tree.texts(result, "keys", keys.stream().map(Choices::capitalized).toList());
    }
}
