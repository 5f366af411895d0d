package io.sallyport.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.security.Authenticated;
import io.sallyport.rest.json.Documents;
import io.sallyport.rest.json.ExplanationJson;
import io.sallyport.rest.json.Format;
import io.sallyport.rest.json.InquiryJson;
import io.sallyport.usecase.ExplainRequest;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import java.io.InputStream;
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
    private final ExplainRequest explainRequest;

    @Inject
    ExplainResource(Exchange exchange, ExplainRequest explainRequest) {
        this.exchange = exchange;
        this.explainRequest = explainRequest;
    }

    @POST
    @Consumes({Format.JSON_TYPE, Format.YAML_TYPE, Format.YAML_TEXT_TYPE, Format.YAML_OLD_TYPE})
    @Operation(operationId = "explain", summary = "Ask what becomes of a request, and why")
    public ObjectNode explain(InputStream body) {
        var inquiry = InquiryJson.read(Documents.one(exchange.read(body), exchange.format()));
        return ExplanationJson.write(explainRequest.explain(exchange.caller(), inquiry));
    }
}
