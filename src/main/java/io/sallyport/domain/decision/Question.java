package io.sallyport.domain.decision;

import io.sallyport.domain.Name;
import java.time.Instant;

/**
 * A request at a listener of a gateway.
 *
 * @param time of the request; where the listener decides on connections, of their start
 */
public record Question(Name listener, Peer peer, Approach approach, Instant time) {}
