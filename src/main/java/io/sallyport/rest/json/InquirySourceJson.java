package io.sallyport.rest.json;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.decision.Peer;
import io.sallyport.domain.network.IpAddress;
import io.sallyport.domain.workload.WorkloadIdentity.ByJwt;
import io.sallyport.usecase.Inquiry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/** Who makes a request that is to be explained, in JSON. */
final class InquirySourceJson {
    private static final SequencedMap<String, Peer.Token.Fault> TOKEN_FAULTS =
            Choices.of(Peer.Token.Fault.values(), Choices::capitalized);
    private static final SequencedMap<String, Peer.Certificate.Fault> CERTIFICATE_FAULTS =
            Choices.of(Peer.Certificate.Fault.values(), Choices::capitalized);

    private InquirySourceJson() {}

    static Optional<Inquiry.Source> read(Place place) {
        Fields fields = place.fields("workload", "address", "certificate", "token");
        Optional<ResourceName> workload = fields.optional("workload", InquiryJson::readWhole);
        Optional<IpAddress> address = fields.optional("address", item -> item.parsed(IpAddress::new));
        Optional<Peer.Certificate> certificate = fields.optional("certificate", InquirySourceJson::readCertificate);
        Optional<Peer.Token> token = fields.optional("token", InquirySourceJson::readToken);
        if (!fields.isThere("workload") && !fields.isThere("address")) {
            place.child("address")
                    .report(Violations.Reason.MISSING_FIELD, "Say where it comes from, or which workload it is.");
        }
        return fields.build(() -> new Inquiry.Source(
                workload.stream().toList(),
                address.stream().toList(),
                certificate.stream().toList(),
                token.stream().toList()));
    }

    // Without names it is one all the same.
    private static Optional<Peer.Certificate> readCertificate(Place place) {
        Fields fields = place.fields("uriSans", "fault");
        List<String> uriSans = fields.list("uriSans", Place::text);
        Optional<Peer.Certificate.Fault> fault = fields.optional("fault", item -> item.oneOf(CERTIFICATE_FAULTS));
        return fields.build(() -> fault.<Peer.Certificate>map(Peer.Certificate.Unproven::new)
                .orElseGet(() -> new Peer.Certificate.Proven(uriSans)));
    }

    private static Optional<Peer.Token> readToken(Place place) {
        Fields fields = place.fields("issuer", "subject", "claims", "header", "fault");
        Optional<Peer.Token.Fault> fault = fields.optional("fault", item -> item.oneOf(TOKEN_FAULTS));
        if (!fields.isThere("fault")) {
            fields.needed("issuer", "Say whose token it is; of one that does not verify, its fault.");
            fields.needed("subject", "Say whom it names; of one that does not verify, its fault.");
        }
        Optional<String> issuer = fields.optional("issuer", Place::text);
        Optional<String> subject = fields.optional("subject", Place::text);
        Map<String, Object> claims = fields.optional("claims", ClaimsJson::read).orElse(Map.of());
        String header = fields.optional("header", HeaderJson::name).orElse("");
        return fields.build(() -> fault.<Peer.Token>map(known -> new Peer.Token.Unproven(known, header))
                .orElseGet(() ->
                        new Peer.Token.Proven(new ByJwt(issuer.orElseThrow(), subject.orElseThrow()), claims, header)));
    }
}
