package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.Workload;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.SpiffeId;
import io.sallyport.domain.workload.WorkloadIdentity;
import io.sallyport.domain.workload.WorkloadIdentity.ByAddress;
import io.sallyport.domain.workload.WorkloadIdentity.ByJwt;
import io.sallyport.domain.workload.WorkloadIdentity.BySpiffeId;
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
        Fields fields = place.fields("spiffeId", "jwt", "cidr");
        Optional<WorkloadIdentity> bySpiffeId =
                fields.optional("spiffeId", id -> id.parsed(SpiffeId::new)).map(BySpiffeId::new);
        Optional<WorkloadIdentity> byAddress =
                fields.optional("cidr", range -> range.parsed(Cidr::parse)).map(ByAddress::new);
        Optional<WorkloadIdentity> byJwt = fields.optional("jwt", WorkloadJson::readJwt);
        fields.refuseAllButOne("spiffeId", "jwt", "cidr");
        return fields.build(() -> bySpiffeId.or(() -> byJwt).or(() -> byAddress).orElseThrow());
    }

    private static Optional<WorkloadIdentity> readJwt(Place place) {
        Fields fields = place.fields("issuer", "subject");
        Optional<String> issuer = fields.required("issuer", item -> item.parsed(IssuerText::issuer));
        Optional<String> subject = fields.required("subject", item -> item.parsed(IssuerText::subject));
        return fields.build(() -> new ByJwt(issuer.orElseThrow(), subject.orElseThrow()));
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
            case ByJwt token -> {
                ObjectNode result = Tree.object();
                result.putObject("jwt").put("issuer", token.issuer()).put("subject", token.subject());
                yield result;
            }
            case ByAddress address -> Tree.object().put("cidr", address.range().toString());
        };
    }
}
