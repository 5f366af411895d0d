package io.sallyport.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.Authenticated;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.ResourceKey;
import io.sallyport.rest.json.DocumentJson;
import io.sallyport.rest.json.Documents;
import io.sallyport.rest.json.Format;
import io.sallyport.rest.json.HistoryJson;
import io.sallyport.rest.json.Place;
import io.sallyport.rest.json.PreviewJson;
import io.sallyport.rest.json.Violations;
import io.sallyport.usecase.ApplyDocuments;
import io.sallyport.usecase.Draft;
import io.sallyport.usecase.Intent;
import io.sallyport.usecase.Precondition;
import io.sallyport.usecase.PreviewWrite;
import io.sallyport.usecase.Written;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Many documents at once over HTTP. */
@Path("/api/v1/apply")
@Produces({Format.JSON_TYPE, Format.YAML_TYPE})
@Authenticated
@RunOnVirtualThread
@Tag(name = "Apply")
public class ApplyResource {
    private final Exchange exchange;
    private final ApplyDocuments applyDocuments;
    private final PreviewWrite previewWrite;

    @Inject
    ApplyResource(Exchange exchange, ApplyDocuments applyDocuments, PreviewWrite previewWrite) {
        this.exchange = exchange;
        this.applyDocuments = applyDocuments;
        this.previewWrite = previewWrite;
    }

    @POST
    @Consumes({Format.JSON_TYPE, Format.YAML_TYPE, Format.YAML_TEXT_TYPE, Format.YAML_OLD_TYPE})
    @Operation(operationId = "apply", summary = "Create or replace many resources in one revision, or none of them")
    public Response apply(InputStream body) {
        List<Intent> intents = intents(Documents.many(exchange.read(body), exchange.format()));
        if (exchange.isDryRun()) {
            return Response.ok(PreviewJson.writeAsApplied(
                            previewWrite.preview(exchange.caller(), intents, exchange.previewWish())))
                    .build();
        }
        Written written = applyDocuments.apply(exchange.caller(), exchange.message(), intents);
        return Response.ok(HistoryJson.write(written))
                .header(ResourceExchange.REVISION, written.revision())
                .build();
    }

    private static List<Intent> intents(List<JsonNode> documents) {
        Violations violations = new Violations();
        Set<ResourceKey> seen = new HashSet<>();
        List<Intent> intents = new ArrayList<>();
        for (int index = 0; index < documents.size(); index++) {
            for (Draft draft : read(documents.get(index), "/" + index, violations)) {
                if (!seen.add(draft.key())) {
                    DocumentJson.reportRepeat(draft, violations);
                }
                intents.add(new Intent.Put(draft, new Precondition.None()));
            }
        }
        if (!violations.found().isEmpty()) {
            throw FailureException.invalid(violations.found());
        }
        return intents;
    }

    private static List<Draft> read(JsonNode document, String pointer, Violations violations) {
        return DocumentJson.read(Place.top(document, pointer, violations)).stream()
                .toList();
    }
}
