package io.sallyport.domain.agent;

import io.sallyport.domain.gateway.AgentPrincipal;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * Who an agent is, by what it proved and not by what it claims.
 *
 * @param principals all that it proved at once, the strongest first: a certificate, then a token
 * @param validUntil when the first of its proofs ends, and with it the stream
 */
public record AgentIdentity(List<AgentPrincipal> principals, Instant validUntil) {
    public AgentIdentity {
        principals = List.copyOf(principals);
        if (principals.isEmpty()) {
            throw new IllegalArgumentException("whoever proved nothing is nobody");
        }
    }

    public AgentIdentity(AgentPrincipal principal, Instant validUntil) {
        this(List.of(principal), validUntil);
    }

    /** The strongest of them, by which the agent is known. */
    public AgentPrincipal principal() {
        return principals.getFirst();
    }

    /** The same agent by a weaker proof besides. */
    public AgentIdentity with(AgentIdentity weaker) {
        return new AgentIdentity(
                Stream.concat(principals.stream(), weaker.principals.stream()).toList(),
                validUntil.isBefore(weaker.validUntil) ? validUntil : weaker.validUntil);
    }
}
