package io.sallyport.local.conformance;

import static io.sallyport.local.conformance.Suite.both;

import com.google.protobuf.Any;
import io.sallyport.compiler.envoy.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** What a client does not take. */
final class RefusalClaims {
    /** Once, and once more alone where it came with others. */
    private static final int MOST_SENDS = 2;

    private static final String NEVER_AGAIN = "a refused secret never comes again, as Envoy would then say yes to it";

    private RefusalClaims() {}

    static List<Claim> all() {
        return Stream.of(
                        both("what is refused is not sent again as it is", Section.UPDATE, RefusalClaims::notAgain),
                        both(
                                "of several that came together the good come to be held",
                                Section.ACK,
                                RefusalClaims::oneBadOfMany),
                        both(
                                "what was good and becomes bad does not keep changes of others back",
                                Section.ACK,
                                RefusalClaims::othersGoOn),
                        both("at a newer revision neither", Section.UPDATE, RefusalClaims::notAtANewerRevision),
                        both("its repair is sent", Section.ACK, RefusalClaims::repair),
                        both(
                                "its repair is sent where it is what was held before, since a refusal can be half applied",
                                Section.SEEN,
                                RefusalClaims::backToWhatWas),
                        both("a refusal that asks for more is served", Section.ACK, RefusalClaims::refusalWithNames),
                        both(
                                "a refused resource that goes is taken away by name",
                                Section.SEEN,
                                RefusalClaims::refusedAndGone),
                        both(
                                NEVER_AGAIN + ": with other content between",
                                Section.SEEN,
                                RefusalClaims::secretBackAgain),
                        both(NEVER_AGAIN + ": on a new stream", Section.SEEN, RefusalClaims::secretOnANewStream),
                        both(
                                "a secret that is refused at first is not sent again when it is asked for again",
                                Section.SEEN,
                                RefusalClaims::secretAskedForAgain))
                .flatMap(claims -> claims)
                .toList();
    }

    private static void eachRefused(Stage stage, BiConsumer<ResourceType, Peer> then) {
        stage.each(List.of(ResourceType.values()), type -> {
            Peer peer = stage.peer().refuses(stage.body(type, stage.some(type)));
            if (Stage.WHOLE.contains(type)) {
                peer.asksForAll(type);
            } else {
                peer.asks(type, stage.some(type), stage.another(type));
            }
            peer.ever().hears(type, stage.some(type));
            then.accept(type, peer);
        });
    }

    private static void notAgain(Stage stage) {
        eachRefused(stage, (type, peer) -> peer.ever().atMost(MOST_SENDS, stage.body(type, stage.some(type))));
    }

    private static void oneBadOfMany(Stage stage) {
        eachRefused(stage, (type, peer) -> {
            if (type == ResourceType.LISTENER || type == ResourceType.CLUSTER) {
                mustBeHeld(stage, type, peer);
            } else {
                peer.comesToHold(type, Map.of(stage.another(type), stage.body(type, stage.another(type))));
            }
        });
    }

    // In the state of the world these come together or not at all, so that the client decides what it makes of it.
    private static void mustBeHeld(Stage stage, ResourceType type, Peer peer) {
        if (stage.isStateOfTheWorld()) {
            return;
        }
        var good = new java.util.TreeMap<>(stage.world(type));
        good.remove(stage.some(type));
        peer.comesToHold(type, good);
    }

    private static void othersGoOn(Stage stage) {
        stage.needsChanges();
        stage.each(List.of(ResourceType.values()), type -> {
            Peer peer = stage.peer().asks(type, "a", "b").comesToHold(type, ab(stage, type));
            Any bad = SampleResource.of(type, "a", 2);
            peer.refuses(bad);
            stage.publish(stage.world().with(type, "a", bad));
            peer.ever().hears(heard -> heard.holds(bad), "the bad content");
            Peer.Since since = peer.now();
            stage.publish(stage.world().with(type, "b", 2));
            since.hears(heard -> heard.holds(stage.body(type, "b")), "the change of another resource");
            if (!(stage.isStateOfTheWorld() && Stage.WHOLE.contains(type))) {
                since.atMost(0, bad);
            }
        });
    }

    private static Map<String, Any> ab(Stage stage, ResourceType type) {
        return stage.world(type).subMap("a", "c");
    }

    private static void notAtANewerRevision(Stage stage) {
        stage.needsChanges();
        stage.each(List.of(ResourceType.values()), type -> {
            Any bad = stage.body(type, "a");
            Peer peer = stage.peer().refuses(bad).asks(type, "a");
            peer.ever().hears(type, "a");
            Peer.Since since = peer.now();
            ResourceType other = type == ResourceType.CLUSTER ? ResourceType.LISTENER : ResourceType.CLUSTER;
            stage.publish(stage.world().with(other, "b", 7));
            since.atMost(0, bad);
        });
    }

    private static void repair(Stage stage) {
        stage.needsChanges();
        stage.each(List.of(ResourceType.values()), type -> {
            Peer peer = stage.peer().refuses(stage.body(type, "a")).asks(type, "a");
            peer.ever().hears(type, "a");
            stage.publish(stage.world().with(type, "a", 2));
            peer.comesToHold(type, Map.of("a", stage.body(type, "a")));
        });
    }

    private static void backToWhatWas(Stage stage) {
        stage.needsChanges();
        stage.each(List.of(ResourceType.values()), type -> {
            Any good = stage.body(type, "a");
            Any bad = SampleResource.of(type, "a", 2);
            Peer peer = stage.peer().asks(type, "a").comesToHold(type, Map.of("a", good));
            peer.refuses(bad);
            stage.publish(stage.world().with(type, "a", bad));
            peer.ever().hears(heard -> heard.holds(bad), "the bad content");
            stage.settled(peer);
            Peer.Since since = peer.now();
            stage.publish(stage.world().with(type, "a", good));
            since.hears(heard -> heard.holds(good), "the good content");
        });
    }

    private static void refusalWithNames(Stage stage) {
        stage.each(Stage.NAMED, type -> {
            String some = stage.some(type);
            Any bad = stage.body(type, some);
            Peer peer = stage.peer().answersNothing().asks(type, some);
            Heard first = peer.ever().hears(type, some);
            Peer.Since since = peer.now();
            peer.answersAgain().refuses(first, stage.another(type));
            since.hears(type, stage.another(type));
            since.atMost(0, bad);
        });
    }

    private static void refusedAndGone(Stage stage) {
        stage.needsChanges();
        stage.each(Stage.WHOLE, type -> {
            Any bad = SampleResource.of(type, "bad", 1);
            Peer peer = stage.peer().asksForAll(type).comesToHold(type, stage.world(type));
            peer.refuses(bad);
            stage.publish(stage.world().with(type, "bad", bad));
            peer.ever().hears(type, "bad");
            stage.settled(peer);
            Peer.Since since = peer.now();
            stage.publish(stage.world().without(type, "bad"));
            if (stage.isStateOfTheWorld()) {
                since.hears(heard -> heard.isOf(type) && heard.item("bad").isEmpty(), "all but the bad");
            } else {
                since.hearsGone(type, "bad");
            }
        });
    }

    private static void secretBackAgain(Stage stage) {
        stage.needsChanges();
        ResourceType type = ResourceType.SECRET;
        stage.needs(type);
        Any bad = SampleResource.of(type, "a", 2);
        Peer peer = stage.peer().refuses(bad).asks(type, "a").comesToHold(type, Map.of("a", stage.body(type, "a")));
        stage.publish(stage.world().with(type, "a", bad));
        peer.ever().hears(heard -> heard.holds(bad), "the bad content");
        stage.settled(peer);
        stage.publish(stage.world().with(type, "a", 3));
        peer.comesToHold(type, Map.of("a", stage.body(type, "a")));
        Peer.Since since = peer.now();
        stage.publish(stage.world().with(type, "a", bad));
        since.atMost(0, bad);
    }

    private static void secretOnANewStream(Stage stage) {
        ResourceType type = ResourceType.SECRET;
        stage.needs(type);
        Any bad = stage.body(type, stage.some(type));
        Peer peer = stage.peer("the-same").refuses(bad).asks(type, stage.some(type));
        peer.ever().hears(type, stage.some(type));
        peer.ever().atMost(1, bad);
        peer.close();
        Peer again = stage.peer("the-same").asks(type, stage.some(type), stage.another(type));
        again.ever().hears(type, stage.another(type));
        again.ever().atMost(0, bad);
    }

    private static void secretAskedForAgain(Stage stage) {
        ResourceType type = ResourceType.SECRET;
        stage.needs(type);
        Any bad = stage.body(type, stage.some(type));
        Peer peer = stage.peer().refuses(bad).asks(type, stage.some(type));
        peer.ever().hears(type, stage.some(type));
        peer.ever().atMost(1, bad);
        Peer.Since since = peer.now();
        peer.drops(type, stage.some(type)).asks(type, stage.some(type));
        since.atMost(0, bad);
    }
}
