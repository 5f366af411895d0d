package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.destination.DnsSettings;
import io.sallyport.domain.destination.DnsSettings.Family;
import java.time.Duration;
import java.util.Optional;
import java.util.SequencedMap;

/** How names are resolved, in JSON. */
final class DnsSettingsJson {
    private static final SequencedMap<String, Family> FAMILIES = Choices.of(Family.values(), Choices::capitalized);

    private DnsSettingsJson() {}

    static Optional<DnsSettings> read(Place place) {
        Fields fields = place.fields("refreshRate", "respectTtl", "family");
        Optional<Duration> refreshRate =
                fields.optional("refreshRate", DurationJson.between(DnsSettings.SHORTEST, DnsSettings.LONGEST));
        Optional<Boolean> respectTtl = fields.optional("respectTtl", Place::truth);
        Optional<Family> family = fields.optional("family", item -> item.oneOf(FAMILIES));
        return fields.build(() -> new DnsSettings(
                refreshRate.orElse(DnsSettings.DEFAULT_REFRESH_RATE),
                respectTtl.orElse(false),
                family.orElse(Family.V4_PREFERRED)));
    }

    static ObjectNode write(DnsSettings dns) {
        return Tree.object()
                .put("refreshRate", DurationJson.text(dns.refreshRate()))
                .put("respectTtl", dns.respectTtl())
                .put("family", Choices.capitalized(dns.family()));
    }
}
