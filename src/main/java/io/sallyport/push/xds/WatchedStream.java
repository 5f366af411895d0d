package io.sallyport.push.xds;

import io.grpc.Status;
import java.time.Instant;

/** A stream as the one who looks after all of them sees it. */
interface WatchedStream {

    /** Must not block. */
    void look(Instant now);

    /** Must not block; the first status counts. */
    void end(Status status);
}
