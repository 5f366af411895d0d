package io.sallyport.rest;

import io.sallyport.domain.FailureException;
import io.sallyport.rest.problem.FailureMapper;
import io.vertx.ext.web.RoutingContext;
import jakarta.annotation.Priority;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;

/** Tells an address that is refused for its tokens again and again to slow down; before the problem gets its words. */
@Provider
@Priority(Priorities.USER + 1000)
public class StrangerFilter implements ContainerResponseFilter {
    private final RoutingContext routing;
    private final StrangerRates rates;

    @Inject
    StrangerFilter(RoutingContext routing, StrangerRates rates) {
        this.routing = routing;
        this.rates = rates;
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (response.getStatus() != Response.Status.UNAUTHORIZED.getStatusCode()) {
            return;
        }
        try {
            rates.take(routing);
        } catch (FailureException busy) {
            Response problem = FailureMapper.toProblem(busy.failure()).toResponse();
            response.setStatus(problem.getStatus());
            response.setEntity(problem.getEntity());
            response.getHeaders().remove(HttpHeaders.WWW_AUTHENTICATE);
            response.getHeaders().putSingle(HttpHeaders.RETRY_AFTER, problem.getHeaderString(HttpHeaders.RETRY_AFTER));
        }
    }
}
