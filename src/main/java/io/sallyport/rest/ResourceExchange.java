package io.sallyport.rest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.FailureException;
import io.sallyport.domain.Kind;
import io.sallyport.domain.ResourceKey;
import io.sallyport.domain.Revision;
import io.sallyport.rest.json.DocumentJson;
import io.sallyport.rest.json.Documents;
import io.sallyport.rest.json.Place;
import io.sallyport.rest.json.PreviewJson;
import io.sallyport.rest.json.Projection;
import io.sallyport.rest.json.ResourceJson;
import io.sallyport.rest.json.Violations;
import io.sallyport.usecase.DeleteResource;
import io.sallyport.usecase.Draft;
import io.sallyport.usecase.Effect.Outcome;
import io.sallyport.usecase.GetResource;
import io.sallyport.usecase.Intent;
import io.sallyport.usecase.Precondition;
import io.sallyport.usecase.Preview;
import io.sallyport.usecase.PreviewWrite;
import io.sallyport.usecase.PutResource;
import io.sallyport.usecase.ResourceView;
import io.sallyport.usecase.WriteClock;
import io.sallyport.usecase.WriteClock.Phase;
import io.sallyport.usecase.WriteOrder;
import io.sallyport.usecase.Written;
import jakarta.enterprise.context.RequestScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The four things that can be asked of every kind of resource. */
@RequestScoped
public class ResourceExchange {
    static final String REVISION = "Sallyport-Revision";

    /** When what was written is taken back unless it is confirmed. */
    static final String CONFIRM_BY = "Sallyport-Confirm-By";

    private final Exchange exchange;
    private final PutResource putResource;
    private final GetResource getResource;
    private final DeleteResource deleteResource;
    private final PreviewWrite previewWrite;
    private final ListExchange lists;
    private final Query query;
    private final Once once;
    private final WriteClock phases;

    @Inject
    ResourceExchange(
            Exchange exchange,
            PutResource putResource,
            GetResource getResource,
            DeleteResource deleteResource,
            PreviewWrite previewWrite,
            ListExchange lists,
            Query query,
            Once once,
            WriteClock phases) {
        this.exchange = exchange;
        this.putResource = putResource;
        this.getResource = getResource;
        this.deleteResource = deleteResource;
        this.previewWrite = previewWrite;
        this.lists = lists;
        this.query = query;
        this.once = once;
        this.phases = phases;
    }

    Response put(Kind kind, String namespace, String name, InputStream body) {
        query.takesOfWrite();
        ResourceKey key = Parameters.key(kind, namespace, name);
        byte[] bytes = exchange.read(body);
        JsonNode document = phases.timed(Phase.PARSE, () -> Documents.one(bytes, exchange.format()));
        return once.answer(bytes, () -> put(key, document, exchange.precondition()));
    }

    Response put(ResourceKey key, JsonNode document, Precondition precondition) {
        Draft draft = phases.timed(Phase.PARSE, () -> draft(key, document));
        if (exchange.isDryRun()) {
            return stored(preview(new Intent.Put(draft, precondition)));
        }
        PutResource.Result result =
                putResource.put(exchange.caller(), exchange.message(), draft, precondition, exchange.terms());
        Response.Status status = result.outcome() == Outcome.CREATED ? Response.Status.CREATED : Response.Status.OK;
        return response(status, result.view())
                .header(REVISION, result.revision())
                .header(CONFIRM_BY, confirmBy(result.confirmBy()))
                .build();
    }

    // A header whose value is null is left out.
    static @Nullable String confirmBy(List<Instant> times) {
        return times.isEmpty() ? null : times.getFirst().toString();
    }

    private Preview preview(Intent intent) {
        WriteOrder order = WriteOrder.of(List.of(intent)).under(exchange.terms());
        return previewWrite.preview(exchange.caller(), order, exchange.previewWish());
    }

    // As the write would answer, but that there is no entity tag of what is not there.
    private static Response stored(Preview preview) {
        Outcome outcome = preview.effects().getFirst().outcome();
        return Response.status(outcome == Outcome.CREATED ? Response.Status.CREATED : Response.Status.OK)
                .entity(PreviewJson.writeAsStored(preview))
                .build();
    }

    private static Draft draft(ResourceKey key, JsonNode document) {
        Violations violations = new Violations();
        Optional<Draft> draft = DocumentJson.readNamed(Place.top(document, "", violations), key);
        return draft.orElseThrow(() -> FailureException.invalid(violations.found()));
    }

    Response get(Kind kind, String namespace, String name) {
        query.takes(Query.REVISION, Query.FIELDS);
        ResourceKey key = existing(kind, namespace, name);
        Projection fields = query.fields();
        ResourceView view = query.revision(Query.REVISION).stream()
                .findFirst()
                .map(revision -> getResource.get(exchange.caller(), key, revision))
                .orElseGet(() -> getResource.get(exchange.caller(), key));
        Revision revision = view.resource().metadata().revision();
        if (exchange.holds(revision)) {
            return Response.notModified()
                    .header(HttpHeaders.ETAG, EntityTags.of(revision))
                    .build();
        }
        return Response.ok(fields.of(ResourceJson.write(view)))
                .header(HttpHeaders.ETAG, EntityTags.of(revision))
                .build();
    }

    private static Response.ResponseBuilder response(Response.Status status, ResourceView view) {
        Revision revision = view.resource().metadata().revision();
        return Response.status(status)
                .header(HttpHeaders.ETAG, EntityTags.of(revision))
                .entity(ResourceJson.write(view));
    }

    Response delete(Kind kind, String namespace, String name) {
        query.takesOfWrite();
        exchange.takesNo(HttpHeaders.IF_NONE_MATCH);
        ResourceKey key = existing(kind, namespace, name);
        if (exchange.isDryRun()) {
            return Response.ok(PreviewJson.writeAsApplied(preview(new Intent.Remove(key, exchange.precondition()))))
                    .build();
        }
        return once.answer(new byte[0], () -> {
            Written written = deleteResource.delete(
                    exchange.caller(), exchange.message(), key, exchange.precondition(), exchange.terms());
            return Response.noContent()
                    .header(REVISION, written.revision())
                    .header(CONFIRM_BY, confirmBy(written.confirmBy()))
                    .build();
        });
    }

    ObjectNode list(Kind kind, String namespace) {
        return lists.list(kind, List.of(Parameters.existing(namespace)));
    }

    static ResourceKey existing(Kind kind, String namespace, String name) {
        return Parameters.key(
                kind,
                Parameters.existing(namespace).value(),
                Parameters.existing(name).value());
    }
}
