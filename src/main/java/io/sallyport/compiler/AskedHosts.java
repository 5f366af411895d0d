package io.sallyport.compiler;

import io.sallyport.domain.Destination;
import io.sallyport.domain.Resource;
import io.sallyport.domain.gateway.Listener;
import io.sallyport.domain.network.HostPattern;
import java.util.List;

/** The hosts that can be asked of a listener: each entry stands for itself. */
record AskedHosts(List<HostPattern> entries, KnownHosts known) implements ListenerHosts {
    AskedHosts(Listener listener, KnownHosts known) {
        this(known.servedBy(listener), known);
    }

    @Override
    public Resource<Destination> owner(HostPattern entry) {
        return known.owner(entry).orElseThrow();
    }

    @Override
    public List<HostPattern> hosts(HostPattern entry) {
        return List.of(entry);
    }
}
