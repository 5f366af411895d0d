package io.sallyport.domain.gateway;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;

/** Which authenticated identities may be a gateway; none where empty. */
public record AgentSelector(List<AgentPrincipal> identities) {
    public AgentSelector {
        identities = List.copyOf(identities);
    }

    public boolean admits(AgentPrincipal identity) {
        return identities.contains(identity);
    }

    /** Whether all that an agent proved at once is admitted; nobody who proved nothing is. */
    public boolean admitsAll(Collection<AgentPrincipal> proven) {
        return !proven.isEmpty() && new HashSet<>(identities).containsAll(proven);
    }

    /** An OIDC client, as its access token names it ({@code azp} or {@code client_id}, RFC 9068). */
    public record ClientId(String value) implements AgentPrincipal {
        public ClientId {
            if (value.isBlank() || value.length() > 255) {
                throw new IllegalArgumentException("a client id has 1 to 255 characters");
            }
            if (value.startsWith(AgentPrincipal.Spiffe.SCHEME)) {
                throw new IllegalArgumentException("a client id does not look like a SPIFFE ID");
            }
        }

        @Override
        public String toString() {
            return value;
        }
    }
}
