package io.sallyport.push.agent;

import io.sallyport.domain.snapshot.SourceClass;
import io.sallyport.push.agent.v1.AgentProtocol;
import java.util.List;

/** Everyone that one entry of a rule's {@code from} means. */
final class SourceResource {
    private SourceResource() {}

    static AgentProtocol.Resource of(SourceClass source) {
        return AgentProtocol.Resource.newBuilder()
                .setName("source/" + source.id())
                .setSource(AgentProtocol.Source.newBuilder()
                        .setId(source.id())
                        .setAnyone(source.identities().anyone())
                        .addAllPrincipals(texts(source.identities().principals()))
                        .addAllRanges(texts(source.identities().ranges()))
                        .addAllIpBlocks(texts(source.ipBlocks())))
                .build();
    }

    private static List<String> texts(List<?> values) {
        return values.stream().map(Object::toString).toList();
    }
}
