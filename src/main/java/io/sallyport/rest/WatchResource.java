package io.sallyport.rest;

import io.quarkus.security.Authenticated;
import io.sallyport.domain.Kind;
import io.sallyport.domain.Name;
import io.sallyport.rest.json.Format;
import io.sallyport.rest.json.SelectorText;
import io.sallyport.usecase.Watch;
import io.sallyport.usecase.WatchFilter;
import io.sallyport.usecase.WatchPosition;
import io.sallyport.usecase.WatchRevisions;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Changes as they come, over HTTP as server-sent events (HTML standard, section 9.2). */
@Path("/api/v1/watch")
@Authenticated
@RunOnVirtualThread
@Tag(name = "History")
public class WatchResource {
    static final String EVENTS_TYPE = "text/event-stream";

    private static final String FROM = "from";
    private static final String LAST_EVENT_ID = "Last-Event-ID";

    private final Exchange exchange;
    private final Query query;
    private final HttpHeaders headers;
    private final RoutingContext routing;
    private final WatchRevisions watchRevisions;
    private final WatchStreams streams;

    @Inject
    WatchResource(
            Exchange exchange,
            Query query,
            HttpHeaders headers,
            RoutingContext routing,
            WatchRevisions watchRevisions,
            WatchStreams streams) {
        this.exchange = exchange;
        this.query = query;
        this.headers = headers;
        this.routing = routing;
        this.watchRevisions = watchRevisions;
        this.streams = streams;
    }

    @GET
    // Whoever asks for JSON alone is told in JSON why it does not begin.
    @Produces({EVENTS_TYPE, Format.JSON_TYPE})
    @Operation(operationId = "watch", summary = "Follow what changes, from a revision on")
    public Response watch() {
        query.takes(FROM, "kinds", "namespaces", Query.LABEL_SELECTOR);
        WatchFilter filter = new WatchFilter(
                set("kinds", text -> Kind.ofDocumentName(text).orElseThrow(IllegalArgumentException::new), "kinds"),
                set("namespaces", Name::new, "DNS labels"),
                query.explained(Query.LABEL_SELECTOR, SelectorText::parse));
        Watch watch = watchRevisions.open(exchange.caller(), filter, from());
        return EventStream.answer(streams.open(watch, exchange.expiry(), routing.response()));
    }

    // Whoever comes back says how far he came; that is newer than where he once began.
    private List<WatchPosition> from() {
        String last = headers.getHeaderString(LAST_EVENT_ID);
        if (last == null || last.isBlank()) {
            return query.parsed(FROM, WatchPosition::parse, "a revision, or the id of an event");
        }
        try {
            return List.of(WatchPosition.parse(last.strip()));
        } catch (IllegalArgumentException wrong) {
            throw Exchange.malformed("%s is to be the id of an event of this API.".formatted(LAST_EVENT_ID));
        }
    }

    private <T> Set<T> set(String name, Function<String, T> parse, String what) {
        return query
                .<Set<T>>parsed(
                        name,
                        text -> Arrays.stream(text.split(",", -1))
                                .map(parse)
                                .collect(Collectors.toCollection(LinkedHashSet::new)),
                        what + " with commas between them")
                .stream()
                .findFirst()
                .orElse(Set.of());
    }
}
