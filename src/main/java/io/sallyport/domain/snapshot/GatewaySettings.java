package io.sallyport.domain.snapshot;

import io.sallyport.domain.EgressGateway.DefaultAction;
import io.sallyport.domain.gateway.AddressPolicy;
import io.sallyport.domain.gateway.Conduct;

/** What holds for all of a gateway, whatever its rules say. */
public record GatewaySettings(
        DefaultAction defaultAction, AddressPolicy addressPolicy, int ruleBuckets, Conduct conduct) {}
