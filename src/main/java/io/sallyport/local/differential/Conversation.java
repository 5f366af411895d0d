package io.sallyport.local.differential;

import io.sallyport.domain.decision.Approach;
import java.io.IOException;
import java.util.List;

/** HTTP over a connection, for one request. Each throws where the other side hangs up. */
interface Conversation {

    /**
     * Sends a request.
     *
     * @param token what {@code Proxy-Authorization} says; at most one
     */
    Answer ask(Approach.HttpRequest request, boolean isDouble, List<String> token) throws IOException;

    /** Asks for a tunnel. */
    Answer open(Approach.Tunnel tunnel, List<String> token) throws IOException;

    /** Says something inside the tunnel, and hears one answer. */
    Answer inside(byte[] said) throws IOException;
}
