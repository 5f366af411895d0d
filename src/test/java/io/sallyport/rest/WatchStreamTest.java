package io.sallyport.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.sallyport.compiler.IncrementalCompiler;
import io.sallyport.compiler.TouchedGateways;
import io.sallyport.feed.SnapshotFeed;
import io.sallyport.identity.Authorizer;
import io.sallyport.identity.Caller;
import io.sallyport.store.memory.InMemoryDoorbell;
import io.sallyport.store.memory.InMemoryPolicyStore;
import io.sallyport.usecase.CurrentState;
import io.sallyport.usecase.FollowHead;
import io.sallyport.usecase.PastStates;
import io.sallyport.usecase.Watch;
import io.sallyport.usecase.WatchFilter;
import io.sallyport.usecase.WatchRevisions;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class WatchStreamTest {
    private static final Duration A_WHILE = Duration.ofMillis(50);

    private final InMemoryPolicyStore store = new InMemoryPolicyStore();
    private final CurrentState current = new CurrentState();
    private final FollowHead followHead = new FollowHead(
            store,
            new InMemoryDoorbell(),
            current,
            new TouchedGateways(),
            new IncrementalCompiler(),
            new SnapshotFeed());
    private final Set<WatchStream> open = ConcurrentHashMap.newKeySet();

    @Test
    void aWatchEndsWithItsToken() {
        ByteArrayOutputStream read = new ByteArrayOutputStream();

        stream(Instant.now().plus(A_WHILE)).write(read);

        assertThat(read.toString(StandardCharsets.UTF_8))
                .startsWith("event: start\n")
                .contains("event: end\n")
                .contains("TokenExpired");
        assertThat(open).isEmpty();
    }

    @Test
    void whoDoesNotReadIsFoundAndOthersGoOn() throws Exception {
        CountDownLatch reads = new CountDownLatch(1);
        WatchStream stuck = stream(Instant.now());
        Thread waits = Thread.ofVirtual().start(() -> stuck.write(unread(reads)));
        await().until(() -> stuck.isStuckFor(A_WHILE));

        WatchStream other = stream(Instant.now().plus(A_WHILE));
        other.write(OutputStream.nullOutputStream());

        assertThat(other.isStuckFor(Duration.ZERO)).isFalse();
        assertThat(open).containsExactly(stuck);
        reads.countDown();
        waits.join();
        assertThat(open).isEmpty();
        assertThat(stuck.isStuckFor(Duration.ZERO)).isFalse();
    }

    private WatchStream stream(Instant end) {
        WatchRevisions watches = new WatchRevisions(
                new Authorizer(current::get),
                store,
                new PastStates(store, current, followHead),
                current.recent(),
                followHead);
        Watch watch = watches.open(Caller.system("ann"), new WatchFilter(Set.of(), Set.of(), List.of()), List.of());
        return new WatchStream(watch, Optional.of(end), () -> {}, open);
    }

    private static OutputStream unread(CountDownLatch reads) {
        return new OutputStream() {
            @Override
            public void write(int ignored) {
                try {
                    reads.await();
                } catch (InterruptedException stopped) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }
}
