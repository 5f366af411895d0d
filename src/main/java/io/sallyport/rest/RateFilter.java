package io.sallyport.rest;

import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.ext.Provider;

/** Counts every request that reaches an operation, whatever becomes of it. */
@Provider
public class RateFilter implements ContainerRequestFilter {
    private final Exchange exchange;
    private final CallerRates rates;

    @Inject
    RateFilter(Exchange exchange, CallerRates rates) {
        this.exchange = exchange;
        this.rates = rates;
    }

    @Override
    public void filter(ContainerRequestContext request) {
        rates.take(exchange.caller().id());
    }
}
