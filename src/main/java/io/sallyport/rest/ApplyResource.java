package io.sallyport.rest;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.security.Authenticated;
import io.sallyport.rest.json.Batch;
import io.sallyport.rest.json.DocumentKeys;
import io.sallyport.rest.json.Documents;
import io.sallyport.rest.json.Format;
import io.sallyport.rest.json.HistoryJson;
import io.sallyport.rest.json.PreviewJson;
import io.sallyport.usecase.ApplyDocuments;
import io.sallyport.usecase.PreviewWrite;
import io.sallyport.usecase.WriteOrder;
import io.sallyport.usecase.Written;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** Many documents at once over HTTP. */
@Path("/api/v1/apply")
@Produces({Format.JSON_TYPE, Format.YAML_TYPE})
@Authenticated
@RunOnVirtualThread
@Tag(name = "Apply")
public class ApplyResource {
    private final Exchange exchange;
    private final Query query;
    private final Once once;
    private final ApplyDocuments applyDocuments;
    private final PreviewWrite previewWrite;

    @Inject
    ApplyResource(Exchange exchange, Query query, Once once, ApplyDocuments applyDocuments, PreviewWrite previewWrite) {
        this.exchange = exchange;
        this.query = query;
        this.once = once;
        this.applyDocuments = applyDocuments;
        this.previewWrite = previewWrite;
    }

    @POST
    @Consumes({Format.JSON_TYPE, Format.YAML_TYPE, Format.YAML_TEXT_TYPE, Format.YAML_OLD_TYPE})
    @Operation(
            operationId = "apply",
            summary = "Create, replace and delete many resources in one revision, or none of them")
    public Response apply(
            @QueryParam("prune") @Nullable String prune,
            @QueryParam("namespace") @Nullable Set<String> namespaces,
            InputStream body) {
        query.takesOfApply();
        exchange.takesNo(HttpHeaders.IF_MATCH, HttpHeaders.IF_NONE_MATCH);
        byte[] bytes = exchange.read(body);
        List<JsonNode> documents = Documents.many(bytes, exchange.format());
        exchange.concerns(DocumentKeys.of(documents));
        WriteOrder order = order(documents, prune == null ? "" : prune, namespaces == null ? Set.of() : namespaces);
        if (exchange.isDryRun()) {
            return Response.ok(PreviewJson.writeAsApplied(previewWrite.preview(
                            exchange.caller(), order.under(exchange.terms()), exchange.previewWish())))
                    .build();
        }
        return once.answer(bytes, () -> {
            Written written =
                    applyDocuments.apply(exchange.caller(), exchange.message(), order.under(exchange.terms()));
            return Response.ok(HistoryJson.write(written))
                    .header(ResourceExchange.REVISION, written.revision())
                    .header(ResourceExchange.CONFIRM_BY, ResourceExchange.confirmBy(written.confirmBy()))
                    .build();
        });
    }

    private static WriteOrder order(List<JsonNode> documents, String prune, Set<String> namespaces) {
        if (prune.isEmpty()) {
            if (!namespaces.isEmpty()) {
                throw Exchange.malformed("namespace says where to prune: send prune with it.");
            }
            return WriteOrder.of(Batch.read(documents));
        }
        return Batch.read(
                documents,
                PruneText.selector(prune),
                namespaces.stream().map(Parameters::existing).collect(Collectors.toSet()));
    }
}
