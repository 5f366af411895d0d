package io.sallyport.local.conformance;

import static io.sallyport.compiler.envoy.ResourceType.CLUSTER;
import static io.sallyport.compiler.envoy.ResourceType.ENDPOINTS;
import static io.sallyport.compiler.envoy.ResourceType.EXTENSION_CONFIG;
import static io.sallyport.compiler.envoy.ResourceType.LISTENER;
import static io.sallyport.compiler.envoy.ResourceType.ROUTES;
import static io.sallyport.local.conformance.Suite.both;

import io.sallyport.compiler.envoy.ResourceType;
import java.util.List;
import java.util.stream.Stream;

/** Make before break, on one stream. */
final class OrderClaims {
    private OrderClaims() {}

    static List<Claim> all() {
        return Stream.of(
                        both(
                                "a cluster comes before the routes that name it",
                                Section.ORDER,
                                OrderClaims::suppliesFirst),
                        both(
                                "routes come after the client accepted the cluster that they name",
                                Section.ORDER,
                                OrderClaims::afterAcceptance),
                        both(
                                "a cluster goes after the client accepted the routes that no longer name it",
                                Section.ORDER,
                                OrderClaims::removalsLast),
                        both("a listener comes after its cluster", Section.ORDER, OrderClaims::listenersAfterClusters),
                        both(
                                "a changed cluster gets its endpoints again, though they are as they were",
                                Section.WARMING,
                                OrderClaims::endpointsAgain),
                        both(
                                "who does not answer about clusters gets its routes all the same after a while",
                                Section.WARMING,
                                OrderClaims::boundedWait),
                        both("extension configurations wait for nobody", Section.SEEN, OrderClaims::extensionsAtOnce))
                .flatMap(claims -> claims)
                .toList();
    }

    private static Peer running(Stage stage, ResourceType... types) {
        stage.needs(types);
        Peer peer = stage.peer();
        for (ResourceType type : types) {
            if (Stage.WHOLE.contains(type)) {
                peer.asksForAll(type);
            } else {
                peer.asks(type, stage.world(type).keySet().toArray(String[]::new));
            }
            peer.comesToHold(type, stage.world(type));
        }
        return peer;
    }

    private static World moved(Stage stage) {
        return stage.world()
                .with(CLUSTER, "c", 1)
                .with(ENDPOINTS, "c", 1)
                .without(CLUSTER, "b")
                .without(ENDPOINTS, "b")
                .with(ROUTES, "a", 2);
    }

    private static void suppliesFirst(Stage stage) {
        stage.needsChanges();
        Peer peer = running(stage, CLUSTER, ENDPOINTS, LISTENER, ROUTES);
        Peer.Since since = peer.now();
        stage.publish(moved(stage));
        before(since, heard -> heard.says(CLUSTER, "c"), heard -> heard.says(ROUTES, "a"));
    }

    private static void before(
            Peer.Since since, java.util.function.Predicate<Heard> earlier, java.util.function.Predicate<Heard> later) {
        int first = since.position(earlier, "what is named");
        int second = since.position(later, "what names it");
        if (second < first) {
            throw new BrokenClaim("the order was " + since.all());
        }
    }

    private static void afterAcceptance(Stage stage) {
        stage.needsChanges();
        Peer peer = running(stage, CLUSTER, ENDPOINTS, LISTENER, ROUTES);
        Peer.Since since = peer.now();
        peer.answersNothing();
        stage.publish(moved(stage));
        Heard cluster = since.hears(CLUSTER, "c");
        since.never(heard -> heard.says(ROUTES, "a"), "no routes before the answer");
        peer.answersAgain().accepts(cluster);
        since.all().stream()
                .filter(heard -> heard.isOf(ENDPOINTS) || (heard.isOf(CLUSTER) && !heard.equals(cluster)))
                .forEach(peer::accepts);
        since.hears(ROUTES, "a");
    }

    private static void removalsLast(Stage stage) {
        stage.needsChanges();
        Peer peer = running(stage, CLUSTER, ENDPOINTS, LISTENER, ROUTES);
        Peer.Since since = peer.now();
        stage.publish(moved(stage));
        before(since, heard -> heard.says(ROUTES, "a"), heard -> takesAway(stage, heard));
    }

    private static boolean takesAway(Stage stage, Heard heard) {
        return stage.isStateOfTheWorld()
                ? heard.isOf(CLUSTER) && heard.item("b").isEmpty()
                : heard.removes(CLUSTER, "b");
    }

    private static void listenersAfterClusters(Stage stage) {
        stage.needsChanges();
        Peer peer = running(stage, CLUSTER, ENDPOINTS, LISTENER);
        Peer.Since since = peer.now();
        stage.publish(stage.world().with(CLUSTER, "c", 1).with(LISTENER, "c", 1));
        before(since, heard -> heard.says(CLUSTER, "c"), heard -> heard.says(LISTENER, "c"));
    }

    private static void endpointsAgain(Stage stage) {
        stage.needsChanges();
        Peer peer = running(stage, CLUSTER, ENDPOINTS);
        Peer.Since since = peer.now();
        stage.publish(stage.world().with(CLUSTER, "a", 2));
        int cluster = since.position(heard -> heard.says(CLUSTER, "a"), "the cluster");
        int endpoints = since.position(heard -> heard.says(ENDPOINTS, "a"), "its endpoints");
        if (endpoints < cluster) {
            throw new BrokenClaim("the order was " + since.all());
        }
    }

    private static void boundedWait(Stage stage) {
        stage.needsChanges();
        Peer peer = running(stage, CLUSTER, ENDPOINTS, LISTENER, ROUTES);
        Peer.Since since = peer.now();
        peer.answersNothing();
        stage.publish(moved(stage));
        since.hears(CLUSTER, "c");
        since.hears(ROUTES, "a");
    }

    private static void extensionsAtOnce(Stage stage) {
        stage.needsChanges();
        Peer peer = running(stage, EXTENSION_CONFIG, CLUSTER, ENDPOINTS, ROUTES);
        Peer.Since since = peer.now();
        peer.answersNothing();
        stage.publish(moved(stage).with(EXTENSION_CONFIG, "a", 2));
        since.hears(EXTENSION_CONFIG, "a");
        since.hears(CLUSTER, "c");
        if (since.all().stream().anyMatch(heard -> heard.says(ROUTES, "a"))) {
            before(since, heard -> heard.says(EXTENSION_CONFIG, "a"), heard -> heard.says(ROUTES, "a"));
        }
        stage.publish(stage.world().with(EXTENSION_CONFIG, "a", 3));
        since.hears(heard -> heard.holds(stage.body(EXTENSION_CONFIG, "a")), "the newest at once");
    }
}
