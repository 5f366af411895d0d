package io.sallyport.local.conformance;

import static io.sallyport.local.conformance.Suite.both;
import static io.sallyport.local.conformance.Suite.delta;
import static io.sallyport.local.conformance.Suite.state;

import io.sallyport.compiler.envoy.ResourceType;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Who asks for what, and what comes of it. */
final class SubscriptionClaims {
    private static final String UNKNOWN = "type.googleapis.com/example.Unknown";

    private SubscriptionClaims() {}

    static List<Claim> all() {
        return Stream.of(
                        both(
                                "a first request without names brings all listeners, all clusters",
                                Section.HINTS,
                                SubscriptionClaims::legacyWildcard),
                        both(
                                "of no other type does it bring anything: no secret goes to who did not name it",
                                Section.HINTS,
                                SubscriptionClaims::noOtherWildcard),
                        both("a name brings that resource alone", Section.HINTS, SubscriptionClaims::named),
                        both("`*` brings all", Section.HINTS, SubscriptionClaims::star),
                        both("`*` beside a name brings the rest", Section.HINTS, SubscriptionClaims::starBesideName),
                        both(
                                "without `*` again, the name alone is kept up to date",
                                Section.HINTS,
                                SubscriptionClaims::backToNames),
                        delta(
                                "a name beside the wildcard of an empty request leaves the wildcard",
                                Section.HINTS,
                                SubscriptionClaims::nameBesideLegacyWildcard),
                        state(
                                "a name in place of the wildcard of an empty request ends it",
                                Section.HINTS,
                                SubscriptionClaims::nameInPlaceOfLegacyWildcard),
                        both(
                                "after a name was asked for, asking for none is asking for nothing",
                                Section.HINTS,
                                SubscriptionClaims::noneAfterNames),
                        both("a name that is added is sent", Section.HINTS, SubscriptionClaims::added),
                        both(
                                "two requests before the first answer are both served",
                                Section.UPDATE,
                                SubscriptionClaims::twoAtOnce),
                        both("a name said twice comes once", "Duplicate Resource Names", SubscriptionClaims::twice),
                        both(
                                "what is no longer asked for is no longer sent",
                                Section.UNSUBSCRIBING,
                                SubscriptionClaims::dropped),
                        both(
                                "what was dropped and is asked for again is sent again",
                                Section.HINTS,
                                SubscriptionClaims::droppedAndAdded),
                        delta(
                                "what is asked for again is sent again, as the client may have forgotten it",
                                Section.SUBSCRIBING,
                                SubscriptionClaims::again),
                        delta(
                                "a name dropped from beside a wildcard is answered: it is there",
                                Section.UNSUBSCRIBING,
                                SubscriptionClaims::droppedFromWildcard),
                        delta(
                                "a name dropped from beside a wildcard is answered: it is not there",
                                Section.UNSUBSCRIBING,
                                SubscriptionClaims::absentDroppedFromWildcard),
                        delta(
                                "dropping what was never asked for does no harm",
                                Section.UNSUBSCRIBING,
                                SubscriptionClaims::phantom),
                        both(
                                "a type that the server does not know leaves the others alone",
                                Section.OVERVIEW,
                                SubscriptionClaims::unknownType),
                        both(
                                "the node is said in the first request alone",
                                Section.OVERVIEW,
                                SubscriptionClaims::nodeOnce),
                        both("each type has a service of its own", Section.OVERVIEW, SubscriptionClaims::ofOneType),
                        both("there the type need not be said", Section.SINGLETON, SubscriptionClaims::ofOneTypeUnsaid),
                        both("two clients do not disturb each other", Section.OVERVIEW, SubscriptionClaims::twoClients))
                .flatMap(claims -> claims)
                .toList();
    }

    private static void legacyWildcard(Stage stage) {
        stage.each(Stage.WHOLE, type -> stage.peer().asksForAll(type).comesToHold(type, stage.world(type)));
    }

    private static void noOtherWildcard(Stage stage) {
        stage.each(Stage.NAMED, type -> {
            Peer peer = stage.peer().asksForAll(type);
            peer.ever().never(heard -> !heard.items().isEmpty(), "no resource of " + type);
        });
    }

    private static void named(Stage stage) {
        stage.each(List.of(ResourceType.values()), type -> {
            Peer peer = stage.peer().asks(type, stage.some(type));
            peer.comesToHold(type, some(stage, type));
            peer.ever().never(heard -> heard.items().size() > 1, "one resource of " + type);
        });
    }

    private static Map<String, com.google.protobuf.Any> some(Stage stage, ResourceType type) {
        return stage.world(type).headMap(stage.another(type));
    }

    private static void star(Stage stage) {
        stage.each(Stage.WHOLE, type -> stage.peer().asks(type, "*").comesToHold(type, stage.world(type)));
    }

    private static void starBesideName(Stage stage) {
        stage.each(Stage.WHOLE, type -> {
            Peer peer = stage.peer().asks(type, stage.some(type)).comesToHold(type, some(stage, type));
            peer.asks(type, "*").comesToHold(type, stage.world(type));
        });
    }

    private static void backToNames(Stage stage) {
        ResourceType type = ResourceType.CLUSTER;
        stage.needs(type);
        Peer peer = stage.peer().asks(type, "*", "a").comesToHold(type, stage.world(type));
        stage.settled(peer.drops(type, "*"));
        onlyOneIsKept(stage, peer, type);
    }

    private static void onlyOneIsKept(Stage stage, Peer peer, ResourceType type) {
        Peer.Since since = peer.now();
        stage.publish(stage.world().with(type, "b", 2).with(type, "c", 1));
        since.never(heard -> heard.says(type, "b") || heard.says(type, "c"), "what is asked for alone");
        stage.publish(stage.world().with(type, "a", 2));
        since.hears(heard -> heard.holds(stage.body(type, "a")), "the change of what is asked for");
    }

    private static void nameBesideLegacyWildcard(Stage stage) {
        stage.needsChanges();
        ResourceType type = ResourceType.CLUSTER;
        stage.needs(type);
        Peer peer = stage.peer().asksForAll(type).comesToHold(type, stage.world(type));
        stage.settled(peer.asks(type, "a"));
        stage.publish(stage.world().with(type, "b", 2));
        peer.comesToHold(type, stage.world(type));
        stage.settled(peer.drops(type, "*"));
        onlyOneIsKept(stage, peer, type);
    }

    private static void nameInPlaceOfLegacyWildcard(Stage stage) {
        ResourceType type = ResourceType.CLUSTER;
        stage.needs(type);
        Peer peer = stage.peer().asksForAll(type).comesToHold(type, stage.world(type));
        peer.asks(type, "a");
        peer.comesToHold(type, some(stage, type));
        onlyOneIsKept(stage, peer, type);
    }

    private static void noneAfterNames(Stage stage) {
        stage.needsChanges();
        ResourceType type = ResourceType.LISTENER;
        stage.needs(type);
        Peer peer = stage.peer().asks(type, "a").comesToHold(type, some(stage, type));
        stage.settled(peer.drops(type, "a"));
        Peer.Since since = peer.now();
        stage.publish(stage.world().with(type, "a", 2).with(type, "b", 2));
        since.never(heard -> heard.isOf(type) && !heard.items().isEmpty(), "no listener");
    }

    private static void added(Stage stage) {
        stage.each(List.of(ResourceType.values()), type -> {
            Peer peer = stage.peer().asks(type, stage.some(type)).comesToHold(type, some(stage, type));
            peer.asks(type, stage.another(type)).comesToHold(type, ends(stage, type));
        });
    }

    /** The first and the last that there are. */
    private static Map<String, com.google.protobuf.Any> ends(Stage stage, ResourceType type) {
        var ends = new java.util.TreeMap<>(stage.world(type));
        ends.keySet().retainAll(List.of(stage.some(type), stage.another(type)));
        return ends;
    }

    private static void twoAtOnce(Stage stage) {
        stage.each(
                Stage.NAMED,
                type -> stage.peer()
                        .asks(type, stage.some(type))
                        .asks(type, stage.another(type))
                        .comesToHold(type, ends(stage, type)));
    }

    private static void twice(Stage stage) {
        stage.each(Stage.NAMED, type -> {
            Peer peer = stage.peer().asks(type, stage.some(type), stage.some(type));
            peer.comesToHold(type, some(stage, type));
            peer.ever().atMost(1, stage.body(type, stage.some(type)));
        });
    }

    private static void dropped(Stage stage) {
        stage.needsChanges();
        stage.each(Stage.NAMED, type -> {
            Peer peer = stage.peer().asks(type, "a", "b").comesToHold(type, stage.world(type));
            stage.settled(peer.drops(type, "a"));
            Peer.Since since = peer.now();
            stage.publish(stage.world().with(type, "a", 2).with(type, "b", 2));
            since.hears(heard -> heard.holds(stage.body(type, "b")), "the change of what is asked for");
            since.never(heard -> heard.holds(stage.body(type, "a")), "what is asked for alone");
        });
    }

    private static void droppedAndAdded(Stage stage) {
        stage.each(Stage.NAMED, type -> {
            String some = stage.some(type);
            String another = stage.another(type);
            Peer peer = stage.peer().asks(type, some, another).comesToHold(type, ends(stage, type));
            peer.drops(type, some);
            Peer.Since since = peer.now();
            peer.asks(type, some);
            since.hears(type, some);
        });
    }

    private static void again(Stage stage) {
        stage.each(List.of(ResourceType.values()), type -> {
            Peer peer = stage.peer().asks(type, stage.some(type)).comesToHold(type, some(stage, type));
            Peer.Since since = peer.now();
            peer.asks(type, stage.some(type));
            since.hears(type, stage.some(type));
        });
    }

    private static void droppedFromWildcard(Stage stage) {
        stage.each(Stage.WHOLE, type -> {
            String some = stage.some(type);
            Peer peer = stage.peer().asks(type, "*", some).comesToHold(type, stage.world(type));
            Peer.Since since = peer.now();
            peer.drops(type, some);
            since.hears(type, some);
        });
    }

    private static void absentDroppedFromWildcard(Stage stage) {
        stage.each(Stage.WHOLE, type -> {
            Peer peer = stage.peer().asks(type, "*", "nowhere").comesToHold(type, stage.world(type));
            peer.ever().hearsGone(type, "nowhere");
            Peer.Since since = peer.now();
            peer.drops(type, "nowhere");
            since.hearsGone(type, "nowhere");
        });
    }

    private static void phantom(Stage stage) {
        stage.each(Stage.NAMED, type -> {
            Peer peer = stage.peer().asks(type, stage.some(type)).comesToHold(type, some(stage, type));
            peer.drops(type, "nowhere");
            peer.asks(type, stage.another(type)).comesToHold(type, ends(stage, type));
        });
    }

    private static void unknownType(Stage stage) {
        Peer peer = stage.peer().asksForAll(UNKNOWN).asksForAll(ResourceType.CLUSTER);
        peer.comesToHold(ResourceType.CLUSTER, stage.world(ResourceType.CLUSTER));
        peer.ever().never(heard -> !heard.items().isEmpty() && !heard.isOf(ResourceType.CLUSTER), "clusters alone");
    }

    private static void nodeOnce(Stage stage) {
        stage.needs(ResourceType.CLUSTER, ResourceType.ROUTES);
        Peer peer = stage.peerThatSaysItsNodeOnce()
                .asksForAll(ResourceType.CLUSTER)
                .asks(ResourceType.ROUTES, stage.some(ResourceType.ROUTES));
        peer.comesToHold(ResourceType.CLUSTER, stage.world(ResourceType.CLUSTER));
        peer.ever().hears(ResourceType.ROUTES, stage.some(ResourceType.ROUTES));
    }

    private static void ofOneType(Stage stage) {
        stage.each(
                List.of(ResourceType.values()),
                type -> stage.peerOf(type).asks(type, stage.some(type)).comesToHold(type, some(stage, type)));
    }

    private static void ofOneTypeUnsaid(Stage stage) {
        stage.each(Stage.WHOLE, type -> {
            Peer peer = stage.peerOf(type).asksForAll("");
            peer.ever().hears(heard -> heard.isOf(type) && !heard.items().isEmpty(), "all of " + type);
        });
    }

    private static void twoClients(Stage stage) {
        ResourceType type = ResourceType.CLUSTER;
        stage.needs(type);
        Peer one = stage.peer().asks(type, stage.some(type)).comesToHold(type, some(stage, type));
        Peer.Since since = one.now();
        stage.peer().asksForAll(type).comesToHold(type, stage.world(type));
        since.nothing();
    }
}
