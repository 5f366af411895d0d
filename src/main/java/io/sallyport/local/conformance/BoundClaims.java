package io.sallyport.local.conformance;

import static io.sallyport.local.conformance.Suite.both;
import static io.sallyport.local.conformance.Suite.delta;

import com.google.protobuf.Any;
import io.envoyproxy.envoy.config.route.v3.RouteConfiguration;
import io.sallyport.compiler.envoy.ResourceType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** What one client does is no matter of the others. */
final class BoundClaims {
    private static final ResourceType TYPE = ResourceType.ROUTES;
    private static final int CHANGES = 40;
    private static final int BYTES = 100_000;
    private static final int ANSWERS = 20_000;
    private static final int NAMES = 5_000;
    private static final int STREAMS = 400;

    private BoundClaims() {}

    static List<Claim> all() {
        return Stream.of(
                        both("a client that does not read delays no other", Section.OURS, BoundClaims::stuck),
                        delta(
                                "it is sent the newest once it reads again, and not all that was between",
                                Section.OURS,
                                BoundClaims::readsAgain),
                        both("a flood of refusals by one client delays no other", Section.OURS, BoundClaims::flood),
                        delta(
                                "a flood of changing names by one client delays no other",
                                Section.OURS,
                                BoundClaims::floodOfNames),
                        delta(
                                "a flood of streams by one client delays no other",
                                Section.OURS,
                                BoundClaims::floodOfStreams))
                .flatMap(claims -> claims)
                .toList();
    }

    private static Any large(int number) {
        return Any.pack(RouteConfiguration.newBuilder()
                .setName("a")
                .addRequestHeadersToRemove(number + "x".repeat(BYTES))
                .build());
    }

    private static void change(Stage stage) {
        for (int number = 1; number <= CHANGES; number++) {
            stage.publish(stage.world().with(TYPE, "a", large(number)));
        }
    }

    private static void stuck(Stage stage) {
        stage.needsChanges();
        stage.needs(TYPE);
        Peer other = stage.peer().asks(TYPE, "a");
        other.ever().hears(TYPE, "a");
        try (var _ = stage.stuckPeer(TYPE, "a")) {
            change(stage);
            other.ever().hears(heard -> heard.holds(large(CHANGES)), "the newest");
        }
    }

    private static void readsAgain(Stage stage) {
        stage.needsChanges();
        stage.needs(TYPE);
        try (StuckPeer stuck = stage.stuckPeer(TYPE, "a")) {
            change(stage);
            Peer other = stage.peer().asks(TYPE, "a");
            other.ever().hears(heard -> heard.holds(large(CHANGES)), "the newest");
            List<String> heard = stuck.readsUntil(large(CHANGES), stage.patience());
            if (heard.size() > CHANGES / 2) {
                throw new BrokenClaim("%d responses were kept for it".formatted(heard.size()));
            }
        }
    }

    private static void flood(Stage stage) {
        stage.needsChanges();
        stage.needs(TYPE);
        Peer other = stage.peer().asks(TYPE, "a");
        Heard mine = other.ever().hears(TYPE, "a");
        Peer flooding = stage.peer().asks(TYPE, "a");
        flooding.ever().hears(TYPE, "a");
        IntStream.range(0, ANSWERS).forEach(ignored -> flooding.refuses(mine));
        stage.publish(stage.world().with(TYPE, "a", 2));
        other.ever().hears(heard -> heard.holds(stage.body(TYPE, "a")), "the change");
    }

    private static void floodOfNames(Stage stage) {
        Peer other = served(stage);
        try (QuietPeer flooding = stage.quietPeer(TYPE, "a")) {
            List<String> names = IntStream.range(0, NAMES)
                    .mapToObj(number -> "name-" + number)
                    .toList();
            for (int times = 0; times < CHANGES; times++) {
                flooding.asksAndDrops(TYPE.typeUrl(), names);
            }
            stillServed(stage, other);
        }
    }

    private static void floodOfStreams(Stage stage) {
        Peer other = served(stage);
        List<QuietPeer> flooding = new ArrayList<>();
        try {
            IntStream.range(0, STREAMS).forEach(ignored -> flooding.add(stage.quietPeer(TYPE, "a")));
            stillServed(stage, other);
        } finally {
            flooding.forEach(QuietPeer::close);
        }
    }

    private static Peer served(Stage stage) {
        stage.needsChanges();
        stage.needs(TYPE);
        Peer other = stage.peer().asks(TYPE, "a");
        other.ever().hears(TYPE, "a");
        return other;
    }

    private static void stillServed(Stage stage, Peer other) {
        stage.publish(stage.world().with(TYPE, "a", 2));
        other.ever().hears(heard -> heard.holds(stage.body(TYPE, "a")), "the change");
    }
}
