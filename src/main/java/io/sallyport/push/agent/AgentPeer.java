package io.sallyport.push.agent;

import io.sallyport.domain.agent.AgentIdentity;

/**
 * Who is at the other end of a stream.
 *
 * @param id ours, unique per stream
 * @param address where it connects from
 */
record AgentPeer(String id, AgentIdentity identity, String address) {}
