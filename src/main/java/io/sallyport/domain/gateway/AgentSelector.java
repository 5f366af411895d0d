package io.sallyport.domain.gateway;

import java.util.List;

/** Which authenticated identities may be a gateway; none where empty. */
public record AgentSelector(List<ClientId> identities) {
    public AgentSelector {
        identities = List.copyOf(identities);
    }

    public boolean admits(ClientId identity) {
        return identities.contains(identity);
    }

    /** An OIDC client, as its access token names it ({@code azp} or {@code client_id}, RFC 9068). */
    public record ClientId(String value) {
        public ClientId {
            if (value.isBlank() || value.length() > 255) {
                throw new IllegalArgumentException("a client id has 1 to 255 characters");
            }
        }

        @Override
        public String toString() {
            return value;
        }
    }
}
