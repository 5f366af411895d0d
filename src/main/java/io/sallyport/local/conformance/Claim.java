package io.sallyport.local.conformance;

import java.util.function.Consumer;

/**
 * One thing that a server of xDS must do.
 *
 * @param section where it is written: a heading of Envoy's page "xDS REST and gRPC protocol", or another source
 * @param script throws BrokenClaim or NotSupported, and nothing where the claim holds
 */
public record Claim(Manner manner, String text, String section, Consumer<Stage> script) {
    /** The two ways to speak xDS. */
    public enum Manner {
        DELTA("delta"),
        STATE("state of the world");

        private final String words;

        Manner(String words) {
            this.words = words;
        }

        public String words() {
            return words;
        }
    }

    @Override
    public String toString() {
        return manner.words + ": " + text;
    }
}
