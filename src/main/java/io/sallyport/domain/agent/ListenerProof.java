package io.sallyport.domain.agent;

import java.time.Instant;

/**
 * That a listener of an agent was seen to serve.
 *
 * @param fingerprint of what it is made of
 * @param at when it was seen last
 */
public record ListenerProof(AgentName agent, String listener, String fingerprint, Instant at) {}
