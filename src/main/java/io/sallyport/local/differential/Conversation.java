package io.sallyport.local.differential;

import io.sallyport.domain.decision.Approach;
import java.io.IOException;
import java.util.List;

/** HTTP over a connection, for one request. Each throws where the other side hangs up. */
interface Conversation {

    /**
     * Sends a request.
     *
     * @param token at most one
     */
    Answer ask(Approach.HttpRequest request, Manner manner, boolean isDouble, List<Shown> token) throws IOException;

    /** Asks for a tunnel. */
    Answer open(Approach.Tunnel tunnel, List<Shown> token) throws IOException;

    /** A token as it is shown. */
    record Shown(String header, String value) {}

    /** Says something inside the tunnel, and hears one answer. */
    Answer inside(byte[] said) throws IOException;
}
