package io.sallyport.push.agent;

import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.snapshot.SourceClass;
import io.sallyport.push.agent.v1.AgentProtocol;

/** Everyone that one entry of a rule's {@code from} means. */
final class SourceResource {
    private SourceResource() {}

    static AgentProtocol.Resource of(SourceClass source) {
        return AgentProtocol.Resource.newBuilder()
                .setName("source/" + source.id())
                .setSource(AgentProtocol.Source.newBuilder()
                        .setId(source.id())
                        .addAllRanges(
                                source.addresses().stream().map(Cidr::toString).toList()))
                .build();
    }
}
