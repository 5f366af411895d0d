package io.sallyport.domain.gateway;

import io.sallyport.domain.network.SpiffeId;

/** What an agent proves to be: an OIDC client by a token, or a SPIFFE ID by a certificate. No two print alike. */
public sealed interface AgentPrincipal permits AgentSelector.ClientId, AgentPrincipal.Spiffe {

    String value();

    /** The one that prints itself so. Throws IllegalArgumentException where none does. */
    static AgentPrincipal parse(String text) {
        return text.startsWith(Spiffe.SCHEME) ? new Spiffe(new SpiffeId(text)) : new AgentSelector.ClientId(text);
    }

    /** The SPIFFE ID of a certificate, of at most 1024 characters. */
    record Spiffe(SpiffeId id) implements AgentPrincipal {
        static final String SCHEME = "spiffe://";
        private static final int LONGEST = 1024;

        public Spiffe {
            if (id.value().length() > LONGEST) {
                throw new IllegalArgumentException("the SPIFFE ID of an agent has at most 1024 characters");
            }
        }

        @Override
        public String value() {
            return id.value();
        }

        @Override
        public String toString() {
            return value();
        }
    }
}
