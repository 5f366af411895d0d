package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.decision.Lookup;
import io.sallyport.domain.decision.ResolvedAddress;
import io.sallyport.usecase.Draft;
import io.sallyport.usecase.Inquiry;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What is to be explained, in JSON. */
public final class InquiryJson {
    private static final Name NOBODY = new Name("unnamed");

    private InquiryJson() {}

    /** Throws {@code Invalid} with all that is wrong. */
    public static Inquiry read(JsonNode document) {
        Violations violations = new Violations();
        Optional<Inquiry> inquiry = read(Place.top(document, "", violations), violations);
        if (!violations.found().isEmpty()) {
            throw FailureException.invalid(violations.found());
        }
        return inquiry.orElseThrow();
    }

    private static Optional<Inquiry> read(Place place, Violations violations) {
        Fields fields = place.fields(
                "gateway",
                "listener",
                "source",
                "host",
                "port",
                "http",
                "tunnel",
                "resolvedAddresses",
                "time",
                "revision",
                "resources");
        Optional<ResourceName> gateway = fields.required("gateway", InquiryJson::readWhole);
        Optional<Name> listener = fields.optional("listener", item -> item.parsed(Name::new));
        Optional<Inquiry.Source> source = fields.required("source", InquirySourceJson::read);
        Optional<Inquiry.Request> request = InquiryRequestJson.read(fields);
        List<ResolvedAddress> resolved = fields.list("resolvedAddresses", item -> item.parsed(ResolvedAddress::parse));
        Optional<Instant> time = fields.optional("time", item -> item.parsed(ValidityJson::time));
        Optional<Revision> revision = fields.optional(
                "revision", item -> item.integer(0, Integer.MAX_VALUE).map(Revision::new));
        List<Draft> drafts = fields.list("resources", DocumentJson::read);
        refuseRepeats(drafts, violations);
        return fields.build(() -> new Inquiry(
                gateway.orElseThrow(),
                listener.stream().toList(),
                source.orElseThrow(),
                request.orElseThrow(),
                fields.isThere("resolvedAddresses") ? new Lookup.Found(resolved) : new Lookup.Unknown(),
                time.stream().toList(),
                revision.stream().toList(),
                drafts));
    }

    static Optional<ResourceName> readWhole(Place place) {
        Fields fields = place.fields("namespace", "name");
        fields.required("namespace", Optional::of);
        return ReferenceJson.read(fields, NOBODY);
    }

    private static void refuseRepeats(List<Draft> drafts, Violations violations) {
        Set<Object> seen = new HashSet<>();
        drafts.stream()
                .filter(draft -> !seen.add(draft.key()))
                .forEach(draft -> DocumentJson.reportRepeat(draft.pointer(), draft.key(), violations));
    }
}
