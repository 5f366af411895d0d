package io.sallyport.domain.agent;

import java.time.Instant;

/**
 * A request or connection that a gateway refused, as its agent told it.
 *
 * @param at when it began
 * @param listener by name; {@code NAME/tunnels} of what was inside of a tunnel
 */
public record Denial(Instant at, AgentName agent, String listener, Asked asked, Refusal refusal) {

    /**
     * Who asked for what. What does not apply is empty.
     *
     * @param source address of the peer
     * @param identity that it proved: a SPIFFE ID, or {@code issuer/subject} of a token
     * @param path without its query, where secrets may be
     */
    public record Asked(String source, String identity, String host, String method, String path) {
        private static final int LONGEST = 500;

        public Asked {
            source = shortened(source);
            identity = shortened(identity);
            host = shortened(host);
            method = shortened(method);
            path = shortened(path);
        }

        private static String shortened(String text) {
            return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
        }
    }

    /**
     * Why it was refused.
     *
     * @param rule {@code namespace/rule}, or {@code sallyport/...}; empty where no rule was asked
     * @param reason a code, as in the access log
     * @param authorization the policy that refused what the rule had allowed; empty elsewhere
     * @param status of the HTTP answer; 0 where there was none
     */
    public record Refusal(String rule, String reason, String authorization, int status) {}
}
