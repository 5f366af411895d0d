package io.sallyport.push.agent;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.Revision;
import io.sallyport.domain.snapshot.SnapshotVersion;
import io.sallyport.push.agent.v1.AgentProtocol;
import io.sallyport.push.agent.v1.AgentProtocol.Resource;
import io.sallyport.push.agent.v1.AgentProtocol.ServerMessage;
import io.sallyport.push.agent.v1.AgentProtocol.Source;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SnapshotMessagesTest {
    private static final SnapshotVersion VERSION = new SnapshotVersion(new Revision(5), "abc");
    private static final int MOST_BYTES = 3 * 1024 * 1024;

    @Test
    void aLargeSnapshotTravelsInPartsOfWhichOnlyTheLastEndsIt() {
        List<AgentResource> resources =
                IntStream.range(0, 50).mapToObj(SnapshotMessagesTest::large).toList();

        List<ServerMessage> messages = SnapshotMessages.full(VERSION, resources);

        List<AgentProtocol.Snapshot> parts = Wire.snapshots(messages);
        assertThat(messages)
                .allSatisfy(message -> assertThat(message.getSerializedSize()).isLessThanOrEqualTo(MOST_BYTES));
        assertThat(parts).hasSizeGreaterThan(1);
        assertThat(parts)
                .extracting(AgentProtocol.Snapshot::getMore)
                .endsWith(false)
                .containsOnlyOnce(false);
        assertThat(parts).extracting(AgentProtocol.Snapshot::getVersion).containsOnly("5.abc");
        assertThat(parts.stream().flatMap(part -> Wire.names(part).stream()))
                .containsExactlyElementsOf(
                        resources.stream().map(AgentResource::name).toList());
    }

    @Test
    void aResourceLargerThanAMessageTravelsAlone() {
        AgentResource giant = AgentResource.of(source("giant", 260_000));

        List<AgentProtocol.Snapshot> parts =
                Wire.snapshots(SnapshotMessages.full(VERSION, List.of(large(1), giant, large(2))));

        assertThat(parts).extracting(AgentProtocol.Snapshot::getUpsertsCount).containsExactly(1, 1, 1);
    }

    @Test
    void anEmptyDifferenceIsStillOneMessage() {
        assertThat(Wire.onlySnapshot(SnapshotMessages.delta(VERSION, List.of(), List.of()))
                        .getVersion())
                .isEqualTo("5.abc");
    }

    private static AgentResource large(int number) {
        return AgentResource.of(source("source-" + number, 10_000));
    }

    private static Resource source(String name, int ranges) {
        return Resource.newBuilder()
                .setName(name)
                .setSource(Source.newBuilder().addAllRanges(Collections.nCopies(ranges, "10.20.30.40/32")))
                .build();
    }
}
