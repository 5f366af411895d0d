package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.JsonNode;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.network.PortNumber;
import io.sallyport.domain.workload.WorkloadIdentity.ByJwt;
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
    private static final int LONGEST_HOST = 1024;
    private static final int LONGEST_PATH = 8192;
    private static final int LONGEST_METHOD = 64;

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
        Fields fields =
                place.fields("gateway", "listener", "source", "host", "port", "http", "time", "revision", "resources");
        Optional<ResourceName> gateway = fields.required("gateway", InquiryJson::readWhole);
        Optional<Name> listener = fields.optional("listener", item -> item.parsed(Name::new));
        Optional<Inquiry.Source> source = fields.required("source", InquiryJson::readSource);
        Optional<String> host = fields.optional("host", item -> item.text(LONGEST_HOST));
        Optional<PortNumber> port = fields.optional("port", PortJson::read);
        Optional<Inquiry.Http> http = fields.optional("http", InquiryJson::readHttp);
        Optional<Instant> time = fields.optional("time", item -> item.parsed(ValidityJson::time));
        Optional<Revision> revision = fields.optional(
                "revision", item -> item.integer(0, Integer.MAX_VALUE).map(Revision::new));
        List<Draft> drafts = fields.list("resources", DocumentJson::read);
        refuseRepeats(drafts, violations);
        return fields.build(() -> new Inquiry(
                gateway.orElseThrow(),
                listener.stream().toList(),
                source.orElseThrow(),
                host.orElse(""),
                port.stream().toList(),
                http.stream().toList(),
                time.stream().toList(),
                revision.stream().toList(),
                drafts));
    }

    private static Optional<ResourceName> readWhole(Place place) {
        Fields fields = place.fields("namespace", "name");
        fields.required("namespace", Optional::of);
        return ReferenceJson.read(fields, NOBODY);
    }

    private static Optional<Inquiry.Source> readSource(Place place) {
        Fields fields = place.fields("workload", "address", "uriSans", "token");
        Optional<ResourceName> workload = fields.optional("workload", InquiryJson::readWhole);
        Optional<IpAddress> address = fields.optional("address", item -> item.parsed(IpAddress::new));
        List<String> uriSans = fields.list("uriSans", Place::text);
        Optional<ByJwt> token = fields.optional("token", InquiryJson::readToken);
        if (!fields.isThere("workload") && !fields.isThere("address")) {
            place.child("address")
                    .report(Violations.Reason.MISSING_FIELD, "Say where it comes from, or which workload it is.");
        }
        return fields.build(() -> new Inquiry.Source(
                workload.stream().toList(),
                address.stream().toList(),
                uriSans,
                token.stream().toList()));
    }

    private static Optional<ByJwt> readToken(Place place) {
        Fields fields = place.fields("issuer", "subject");
        Optional<String> issuer = fields.required("issuer", Place::text);
        Optional<String> subject = fields.required("subject", Place::text);
        return fields.build(() -> new ByJwt(issuer.orElseThrow(), subject.orElseThrow()));
    }

    private static Optional<Inquiry.Http> readHttp(Place place) {
        Fields fields = place.fields("method", "path", "headers");
        Optional<String> method = fields.optional("method", item -> item.text(LONGEST_METHOD));
        Optional<String> path = fields.optional("path", item -> item.text(LONGEST_PATH));
        fields.optional("headers", item -> Optional.of(item.strings((name, value) -> value.text())));
        return fields.build(() -> new Inquiry.Http(method.orElse("GET"), path.orElse("/")));
    }

    private static void refuseRepeats(List<Draft> drafts, Violations violations) {
        Set<Object> seen = new HashSet<>();
        drafts.stream()
                .filter(draft -> !seen.add(draft.key()))
                .forEach(draft -> DocumentJson.reportRepeat(draft, violations));
    }
}
