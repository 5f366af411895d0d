package io.sallyport.rest;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.security.Authenticated;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.rollout.RolloutEvent;
import io.sallyport.domain.rollout.RolloutOrder;
import io.sallyport.identity.Caller;
import io.sallyport.rest.json.Format;
import io.sallyport.rest.json.RolloutJson;
import io.sallyport.usecase.ControlRollout;
import io.sallyport.usecase.RolloutView;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Where a gateway is with its changes, and deciding how it goes on, over HTTP. */
@Path("/api/v1/namespaces/{namespace}/egress-gateways/{name}/rollout")
@Authenticated
@RunOnVirtualThread
@Tag(name = "Egress gateways")
public class RolloutResource {
    private static final Duration LONGEST_WATCH = Duration.ofHours(1);
    private static final Duration HEARTBEAT = Duration.ofSeconds(10);
    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final String ALL = "all";

    private final Exchange exchange;
    private final Query query;
    private final Once once;
    private final ControlRollout control;

    @Inject
    RolloutResource(Exchange exchange, Query query, Once once, ControlRollout control) {
        this.exchange = exchange;
        this.query = query;
        this.once = once;
        this.control = control;
    }

    @GET
    @Produces({Format.JSON_TYPE, Format.YAML_TYPE})
    @Operation(operationId = "getRollout", summary = "Read where the gateway is with its changes")
    public Response get(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        query.takes();
        return answer(control.get(exchange.caller(), gateway(namespace, name)));
    }

    @POST
    @Path("pause")
    @Produces({Format.JSON_TYPE, Format.YAML_TYPE})
    @Operation(operationId = "pauseRollout", summary = "Keep the rollout at the step where it is")
    public Response pause(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        query.takes();
        return ordered(namespace, name, RolloutOrder.PAUSE);
    }

    @POST
    @Path("resume")
    @Produces({Format.JSON_TYPE, Format.YAML_TYPE})
    @Operation(
            operationId = "resumeRollout",
            summary = "Let a paused or halted rollout go on, or begin a returned one again")
    public Response resume(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        query.takes();
        return ordered(namespace, name, RolloutOrder.RESUME);
    }

    @POST
    @Path("promote")
    @Produces({Format.JSON_TYPE, Format.YAML_TYPE})
    @Operation(operationId = "promoteRollout", summary = "Begin the next step now, or give the change to all agents")
    public Response promote(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        query.takes(ALL);
        boolean toAll = query.text(ALL).stream().anyMatch(text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw Exchange.malformed("all is true or false.");
        });
        return ordered(namespace, name, toAll ? RolloutOrder.PROMOTE_TO_ALL : RolloutOrder.PROMOTE);
    }

    @POST
    @Path("abort")
    @Produces({Format.JSON_TYPE, Format.YAML_TYPE})
    @Operation(operationId = "abortRollout", summary = "Take the change from all agents")
    public Response abort(@PathParam("namespace") String namespace, @PathParam("name") String name) {
        query.takes();
        return ordered(namespace, name, RolloutOrder.ABORT);
    }

    private Response ordered(String namespace, String name, RolloutOrder order) {
        exchange.takesNo(HttpHeaders.IF_NONE_MATCH);
        exchange.takesNoEmergency();
        ResourceName gateway = gateway(namespace, name);
        return once.answer(
                new byte[0],
                () -> answer(
                        control.order(exchange.caller(), gateway, order, exchange.allowedTags(), exchange.message())));
    }

    private static Response answer(RolloutView view) {
        return Response.ok(RolloutJson.write(view))
                .header(HttpHeaders.ETAG, "\"%s\"".formatted(view.rollout().place()))
                .build();
    }

    @GET
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(operationId = "watchRollout", summary = "Follow the rollouts of the gateway", hidden = true)
    public Response watch(
            @PathParam("namespace") String namespace, @PathParam("name") String name, @Context HttpHeaders headers) {
        query.takes();
        ResourceName gateway = gateway(namespace, name);
        Caller caller = exchange.caller();
        String last = headers.getHeaderString(LAST_EVENT_ID);
        long place = last == null || last.isBlank()
                ? control.newestEvent(gateway)
                : Parameters.number(LAST_EVENT_ID, last.strip(), 0);
        ObjectNode start = RolloutJson.write(control.get(caller, gateway));
        Duration patience = patience();
        return EventStream.of(events -> {
            if (events.send("start", place, start)) {
                control.watch(caller, gateway, place, patience, news -> tell(news, events));
            }
        });
    }

    private static boolean tell(List<RolloutEvent> news, EventStream events) {
        boolean isHeard = news.stream()
                .allMatch(event -> events.send(RolloutJson.type(event), event.sequence(), RolloutJson.write(event)));
        boolean isDue = events.nanosSinceLast() > HEARTBEAT.toNanos();
        return isHeard && (!isDue || events.heartbeat());
    }

    private Duration patience() {
        Duration ofToken = exchange.expiry()
                .map(end -> Duration.between(Instant.now(), end))
                .orElse(LONGEST_WATCH);
        return ofToken.compareTo(LONGEST_WATCH) < 0 ? ofToken : LONGEST_WATCH;
    }

    private static ResourceName gateway(String namespace, String name) {
        return new ResourceName(Parameters.existing(namespace), Parameters.existing(name));
    }
}
