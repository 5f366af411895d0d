package io.sallyport.identity;

import io.sallyport.domain.agent.AgentIdentity;

/** Proves agents. */
public interface AgentAuthenticator {

    /**
     * The agent that an access token stands for. May block. Throws {@link io.sallyport.domain.FailureException} with
     * {@code Unauthenticated} where the token is malformed, expired, meant for others, or names no client.
     */
    AgentIdentity authenticate(String bearerToken);
}
