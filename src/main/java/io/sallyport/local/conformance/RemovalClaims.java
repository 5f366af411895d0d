package io.sallyport.local.conformance;

import static io.sallyport.local.conformance.Suite.both;
import static io.sallyport.local.conformance.Suite.delta;
import static io.sallyport.local.conformance.Suite.state;

import io.sallyport.compiler.envoy.ResourceType;
import java.util.List;
import java.util.stream.Stream;

/** What goes, and what must stay where something else goes. */
final class RemovalClaims {
    private RemovalClaims() {}

    static List<Claim> all() {
        return Stream.of(
                        both(
                                "listeners and clusters that are gone are taken away",
                                Section.DELETING,
                                RemovalClaims::whole),
                        delta(
                                "other resources that are gone are said to be so, or emptied",
                                Section.DELETING,
                                RemovalClaims::named),
                        both(
                                "routes and endpoints that are gone are emptied, since Envoy does not listen to their removal",
                                Section.SEEN,
                                RemovalClaims::emptied),
                        both("what is back after that is sent", Section.DELETING, RemovalClaims::back),
                        state(
                                "all listeners and clusters come when one of them changes",
                                Section.GROUPING,
                                RemovalClaims::stateIsWhole),
                        both(
                                "of all else what changed comes alone, so that it alone takes the blame",
                                Section.SEEN,
                                RemovalClaims::othersAreLeftAlone),
                        delta("of listeners and clusters too", Section.GROUPING, RemovalClaims::wholeIsLeftAlone),
                        both(
                                "what did not change at a new revision is not sent",
                                Section.UPDATE,
                                RemovalClaims::nothing))
                .flatMap(claims -> claims)
                .toList();
    }

    private static void whole(Stage stage) {
        stage.needsChanges();
        stage.each(Stage.WHOLE, type -> {
            Peer peer = stage.peer().asksForAll(type).comesToHold(type, stage.world(type));
            stage.publish(stage.world().without(type, "b"));
            peer.comesToHold(type, stage.world(type));
        });
    }

    private static void named(Stage stage) {
        stage.needsChanges();
        stage.each(Stage.NAMED, type -> {
            Peer peer = stage.peer().asks(type, "a", "b").comesToHold(type, stage.world(type));
            Peer.Since since = peer.now();
            stage.publish(stage.world().without(type, "b"));
            since.hears(heard -> heard.removes(type, "b") || heard.says(type, "b"), "that b is gone");
            since.never(heard -> heard.says(type, "a"), "what changed alone");
        });
    }

    private static void emptied(Stage stage) {
        stage.needsChanges();
        stage.each(List.of(ResourceType.ROUTES, ResourceType.ENDPOINTS), type -> {
            Peer peer = stage.peer().asks(type, "a", "b").comesToHold(type, stage.world(type));
            Peer.Since since = peer.now();
            stage.publish(stage.world().without(type, "b"));
            since.hears(type, "b");
        });
    }

    private static void back(Stage stage) {
        stage.needsChanges();
        stage.each(Stage.NAMED, type -> {
            Peer peer = stage.peer().asks(type, "a", "b").comesToHold(type, stage.world(type));
            stage.publish(stage.world().without(type, "b"));
            stage.settled(peer);
            Peer.Since since = peer.now();
            stage.publish(stage.world().with(type, "b", 2));
            since.hears(heard -> heard.holds(stage.body(type, "b")), "what is back");
        });
    }

    private static void stateIsWhole(Stage stage) {
        stage.needsChanges();
        stage.each(Stage.WHOLE, type -> {
            Peer peer = stage.peer().asksForAll(type).comesToHold(type, stage.world(type));
            Peer.Since since = peer.now();
            stage.publish(stage.world().with(type, "a", 2));
            Heard heard = since.hears(type, "a");
            if (heard.item("b").isEmpty()) {
                throw new BrokenClaim("b was missing: " + heard);
            }
        });
    }

    private static void othersAreLeftAlone(Stage stage) {
        stage.each(
                Stage.NAMED,
                type -> changesAlone(
                        stage, type, stage.peer().asks(type, "a", "b").comesToHold(type, stage.world(type))));
    }

    private static void wholeIsLeftAlone(Stage stage) {
        stage.each(
                Stage.WHOLE,
                type -> changesAlone(stage, type, stage.peer().asksForAll(type).comesToHold(type, stage.world(type))));
    }

    private static void changesAlone(Stage stage, ResourceType type, Peer peer) {
        Peer.Since since = peer.now();
        stage.publish(stage.world().with(type, "a", 2));
        since.hears(type, "a");
        since.never(heard -> heard.says(type, "b"), "what changed alone");
    }

    private static void nothing(Stage stage) {
        stage.needsChanges();
        stage.each(List.of(ResourceType.values()), type -> {
            Peer peer = stage.peer().asks(type, "a", "b").comesToHold(type, stage.world(type));
            Peer.Since since = peer.now();
            ResourceType other = type == ResourceType.CLUSTER ? ResourceType.LISTENER : ResourceType.CLUSTER;
            stage.publish(stage.world().with(other, "c", 7));
            since.nothing();
            stage.publish(stage.world().without(other, "c"));
        });
    }
}
