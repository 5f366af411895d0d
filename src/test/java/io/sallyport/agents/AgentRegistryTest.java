package io.sallyport.agents;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.ResourceName;
import io.sallyport.domain.agent.AgentStatus;
import io.sallyport.domain.gateway.AgentSelector.ClientId;
import io.sallyport.domain.snapshot.SnapshotVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class AgentRegistryTest {
    private static final SnapshotVersion FIRST = SnapshotVersion.parse("3.aa");
    private static final SnapshotVersion SECOND = SnapshotVersion.parse("4.bb");
    private static final Map<String, String> LISTENERS = Map.of("http", "11", "tls", "22");

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.parse("2026-11-25T20:00:00Z"));
    private final AgentRegistry registry = new AgentRegistry(now::get);

    @Test
    void aVersionIsInEffectOnceEveryListenerWasSeenToServe() {
        registry.connected(agent("a", "node"));
        registry.effectiveOnceProven("a", FIRST, LISTENERS);
        registry.proven(agent("a", "node").name(), "http", "11");
        assertThat(effective("a")).isEmpty();
        assertThat(registry.unproven("a")).containsExactly("tls");

        registry.proven(agent("a", "node").name(), "tls", "22");
        assertThat(effective("a")).isEqualTo("3.aa");
    }

    @Test
    void whatNeedsNoNewListenerIsInEffectAtOnce() {
        registry.connected(agent("a", "node"));
        LISTENERS.forEach(
                (listener, fingerprint) -> registry.proven(agent("a", "node").name(), listener, fingerprint));
        registry.effectiveOnceProven("a", FIRST, LISTENERS);
        registry.effectiveOnceProven("a", SECOND, LISTENERS);

        assertThat(effective("a")).isEqualTo("4.bb");
    }

    @Test
    void anOlderListenerThatStillServesProvesNothing() {
        registry.connected(agent("a", "node"));
        registry.effectiveOnceProven("a", FIRST, Map.of("http", "12"));
        registry.proven(agent("a", "node").name(), "http", "11");

        assertThat(effective("a")).isEmpty();
    }

    @Test
    void whatWasSeenBeforeAnAgentCameBackProvesNothing() {
        registry.proven(agent("a", "node").name(), "http", "11");
        now.updateAndGet(before -> before.plusSeconds(1));
        registry.connected(agent("a", "node"));
        registry.effectiveOnceProven("a", FIRST, Map.of("http", "11"));

        assertThat(effective("a")).isEmpty();
    }

    @Test
    void whatAnotherAgentReportsProvesNothing() {
        registry.connected(agent("a", "node"));
        registry.effectiveOnceProven("a", FIRST, Map.of("http", "11"));
        registry.proven(agent("b", "other").name(), "http", "11");

        assertThat(effective("a")).isEmpty();
    }

    @Test
    void whoIsGoneIsKnownUntilItIsBackOrForgotten() {
        registry.connected(agent("a", "node"));
        registry.gone("a");
        assertThat(registry.all()).isEmpty();
        assertThat(registry.withGone()).hasSize(1);

        registry.connected(agent("b", "node"));
        assertThat(registry.withGone()).extracting(AgentStatus::id).containsExactly("b");

        registry.gone("b");
        registry.forgetGone(now.get().plus(Duration.ofSeconds(1)));
        assertThat(registry.withGone()).isEmpty();
    }

    private String effective(String id) {
        return registry.all().stream()
                .filter(agent -> agent.id().equals(id))
                .findFirst()
                .orElseThrow()
                .effective();
    }

    private AgentStatus agent(String id, String node) {
        return AgentStatus.connected(
                id,
                AgentStatus.Protocol.XDS_DELTA,
                new ClientId("gateway"),
                ResourceName.of("edge", "internet"),
                node,
                "127.0.0.1:1",
                now.get());
    }
}
