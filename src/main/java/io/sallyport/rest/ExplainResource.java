package io.sallyport.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.security.Authenticated;
import io.sallyport.domain.Revision;
import io.sallyport.rest.json.Documents;
import io.sallyport.rest.json.ExplanationJson;
import io.sallyport.rest.json.Format;
import io.sallyport.rest.json.InquiryJson;
import io.sallyport.usecase.ExplainRequest;
import io.sallyport.usecase.Inquiry;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.InputStream;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What becomes of a request, over HTTP. */
@Path("/api/v1/explain")
@Produces({Format.JSON_TYPE, Format.YAML_TYPE})
@Authenticated
@RunOnVirtualThread
@Tag(name = "Explain")
public class ExplainResource {
    private final Exchange exchange;
    private final Query query;
    private final ExplainRequest explainRequest;

    @Inject
    ExplainResource(Exchange exchange, Query query, ExplainRequest explainRequest) {
        this.exchange = exchange;
        this.query = query;
        this.explainRequest = explainRequest;
    }

    @POST
    @Consumes({Format.JSON_TYPE, Format.YAML_TYPE, Format.YAML_TEXT_TYPE, Format.YAML_OLD_TYPE})
    @Operation(operationId = "explain", summary = "Ask what becomes of a request, and why")
    public ObjectNode explain(InputStream body) {
        query.takes(Query.REVISION);
        Inquiry inquiry = InquiryJson.read(Documents.one(exchange.read(body), exchange.format()));
        return ExplanationJson.write(explainRequest.explain(exchange.caller(), at(inquiry)));
    }

    private Inquiry at(Inquiry inquiry) {
        List<Revision> asked = query.revision(Query.REVISION);
        if (asked.isEmpty()) {
            return inquiry;
        }
        if (!inquiry.revision().isEmpty() && !inquiry.revision().equals(asked)) {
            throw Exchange.malformed("revision says %s in the query and %s in the body: send it once."
                    .formatted(asked.getFirst(), inquiry.revision().getFirst()));
        }
        return inquiry.at(asked.getFirst());
    }
}
