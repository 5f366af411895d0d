package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Workload;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.SpiffeId;
import io.sallyport.domain.workload.WorkloadIdentity;
import io.sallyport.domain.workload.WorkloadIdentity.ByAddress;
import io.sallyport.domain.workload.WorkloadIdentity.BySpiffeId;
import io.sallyport.rest.json.Violations.Reason;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.Function;

/** The spec of a workload in JSON. */
final class WorkloadJson {
    private WorkloadJson() {}

    static Optional<Workload> read(Place spec) {
        Fields fields = spec.fields("labels", "identities");
        SortedMap<String, String> labels = LabelsJson.read(fields, "labels");
        List<WorkloadIdentity> identities = fields.list("identities", WorkloadJson::readIdentity);
        fields.refuseRepeats("identities", identities, Function.identity());
        return fields.build(() -> new Workload(labels, identities));
    }

    private static Optional<WorkloadIdentity> readIdentity(Place place) {
        Fields fields = place.fields("spiffeId", "cidr");
        Optional<WorkloadIdentity> bySpiffeId =
                fields.optional("spiffeId", id -> id.parsed(SpiffeId::new)).map(BySpiffeId::new);
        Optional<WorkloadIdentity> byAddress =
                fields.optional("cidr", range -> range.parsed(Cidr::parse)).map(ByAddress::new);
        if (place.value().isObject() && fields.isThere("spiffeId") == fields.isThere("cidr")) {
            place.report(Reason.MALFORMED, "An identity is one of spiffeId and cidr; write two entries for both.");
        }
        return fields.build(() -> bySpiffeId.or(() -> byAddress).orElseThrow());
    }

    static ObjectNode write(Workload workload) {
        ObjectNode spec = Tree.object();
        Tree.strings(spec, "labels", workload.labels());
        Tree.list(spec, "identities", workload.identities(), WorkloadJson::writeIdentity);
        return spec;
    }

    private static ObjectNode writeIdentity(WorkloadIdentity identity) {
        return switch (identity) {
            case BySpiffeId spiffe -> Tree.object().put("spiffeId", spiffe.id().value());
            case WorkloadIdentity.ByJwt token -> throw new UnsupportedOperationException(token.principal());
            case ByAddress address -> Tree.object().put("cidr", address.range().toString());
        };
    }
}
