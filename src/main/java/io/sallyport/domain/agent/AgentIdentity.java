package io.sallyport.domain.agent;

import io.sallyport.domain.gateway.AgentSelector.ClientId;
import java.time.Instant;

/**
 * Who an agent is, by what it proved and not by what it claims.
 *
 * @param validUntil when the proof ends, and with it the stream
 */
public record AgentIdentity(ClientId clientId, Instant validUntil) {}
