package io.sallyport.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.security.Authenticated;
import io.sallyport.domain.Revision;
import io.sallyport.identity.Caller;
import io.sallyport.rest.json.ConvergenceJson;
import io.sallyport.rest.json.Format;
import io.sallyport.usecase.AwaitConvergence;
import io.sallyport.usecase.Convergence;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jspecify.annotations.Nullable;

/** What agents run of a revision, and waiting for it, over HTTP. */
@Path("/api/v1/revisions/{revision}/convergence")
@Authenticated
@RunOnVirtualThread
@Tag(name = "Agents")
public class ConvergenceResource {
    private final Exchange exchange;
    private final Query query;
    private final AwaitConvergence awaitConvergence;

    @Inject
    ConvergenceResource(Exchange exchange, Query query, AwaitConvergence awaitConvergence) {
        this.exchange = exchange;
        this.query = query;
        this.awaitConvergence = awaitConvergence;
    }

    @GET
    @Produces({Format.JSON_TYPE, Format.YAML_TYPE})
    @Operation(operationId = "getConvergence", summary = "Wait until agents run a revision")
    public ObjectNode get(
            @PathParam("revision") String revision,
            @QueryParam("wait") @Nullable String wait,
            @QueryParam("quorum") @Nullable String quorum,
            @QueryParam("timeout") @Nullable String timeout,
            @QueryParam("gateway") List<String> gateways) {
        var request = request(revision, wait, quorum, timeout, gateways);
        return ConvergenceJson.write(
                awaitConvergence.await(exchange.caller(), request.wish(), request.timeout(), ignored -> true));
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(operationId = "watchConvergence", summary = "Wait until agents run a revision", hidden = true)
    public Response watch(
            @PathParam("revision") String revision,
            @QueryParam("wait") @Nullable String wait,
            @QueryParam("quorum") @Nullable String quorum,
            @QueryParam("timeout") @Nullable String timeout,
            @QueryParam("gateway") List<String> gateways) {
        var request = request(revision, wait, quorum, timeout, gateways);
        Caller caller = exchange.caller();
        awaitConvergence.check(caller, request.wish());
        return EventStream.of(events -> {
            Convergence last = awaitConvergence.await(
                    caller,
                    request.wish(),
                    request.timeout(),
                    now -> now.isReached() || events.send("progress", ConvergenceJson.write(now)));
            boolean ignored = events.send(last.isReached() ? "reached" : "timeout", ConvergenceJson.write(last));
        });
    }

    private ConvergenceJson.Request request(
            String revision,
            @Nullable String wait,
            @Nullable String quorum,
            @Nullable String timeout,
            List<String> gateways) {
        query.takesSeveral("gateway", "wait", "quorum", "timeout");
        Revision wanted = new Revision(Parameters.number("revision", revision, 0));
        return ConvergenceJson.read(wanted, wait, quorum, timeout, gateways, Exchange::malformed);
    }
}
