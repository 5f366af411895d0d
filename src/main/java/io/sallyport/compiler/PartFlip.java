package io.sallyport.compiler;

import io.sallyport.domain.Name;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.decision.FlowChange;
import io.sallyport.domain.decision.SourcePart;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.network.HostPattern;
import io.sallyport.domain.network.PortNumber;
import java.time.Instant;
import java.util.List;

/** Sources whose requests pass at one place and not at another. */
record PartFlip(SourcePart source, Flip flip) {

    /** What becomes another, whoever it is for. */
    record Flip(FlowPlace.Decision before, FlowPlace.Decision after, List<Instant> since) {}

    /** A flip of those who come from some addresses; from anywhere where empty. */
    record Part(Flip flip, List<Cidr> from) {}

    FlowChange at(ResourceName gateway, Name listener, HostPattern host, ResourceName destination, PortNumber port) {
        return new FlowChange(
                gateway,
                listener,
                host,
                destination,
                port,
                source,
                flip.after().allows(),
                flip.before().name(),
                flip.after().name(),
                flip.since());
    }
}
