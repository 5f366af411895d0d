package io.sallyport.domain.snapshot;

import io.sallyport.domain.gateway.Listener;
import java.util.List;

/**
 * A listener with the hosts that it serves.
 *
 * @param hosts by host; the table where, and with its ports the table may
 */
public record ListenerSnapshot(Listener listener, List<HostEntry> hosts) {
    public ListenerSnapshot {
        hosts = List.copyOf(hosts);
    }
}
