package io.sallyport.local.differential;

import java.util.List;
import java.util.SortedMap;

/** What a source saw of its request. */
sealed interface Outcome {

    /**
     * An upstream answered, the one that was connected to there.
     *
     * @param received what it saw, where it reads HTTP; at most one
     * @param headers of the answer
     */
    record Reached(String address, int port, List<Received> received, SortedMap<String, String> headers)
            implements Outcome {}

    /**
     * The gateway answered by itself.
     *
     * @param rule the name that it told; empty where it told none
     * @param code of the problem; empty where there is none
     * @param grpc the status of gRPC, where that was called; at most one
     */
    record Told(
            int status, String rule, String code, List<Integer> grpc, SortedMap<String, String> headers, String body)
            implements Outcome {}

    /** The gateway hung up. */
    record Closed() implements Outcome {}

    /** The tunnel was open, and the gateway hung up. */
    record ClosedInside() implements Outcome {}

    /** None of these. */
    record Broken(String how) implements Outcome {}
}
