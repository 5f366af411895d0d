package io.sallyport.rest;

import io.sallyport.rest.problem.ProblemBody;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.ext.Provider;

/** Says in every problem of which request it is, so that an operator finds it in the log and the audit trail. */
@Provider
public class ProblemFilter implements ContainerResponseFilter {
    private final RoutingContext routing;

    @Inject
    ProblemFilter(RoutingContext routing) {
        this.routing = routing;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getEntity() instanceof ProblemBody body) {
            response.setEntity(body.of(RequestIds.of(routing)));
        }
    }
}
