package io.sallyport.local.conformance;

import static io.sallyport.local.conformance.Suite.both;
import static io.sallyport.local.conformance.Suite.delta;

import io.sallyport.compiler.envoy.ResourceType;
import java.util.List;
import java.util.stream.Stream;

/** What is asked for and is not there. */
final class AbsenceClaims {
    private AbsenceClaims() {}

    static List<Claim> all() {
        return Stream.of(
                        delta("what is not there is said to be gone", Section.ABSENT, AbsenceClaims::said),
                        delta(
                                "and as an error of that name, beside its removal",
                                Section.ERRORS,
                                AbsenceClaims::saidAsError),
                        delta("what is removed is no error", Section.ERRORS, AbsenceClaims::removedWithoutError),
                        delta("once, and not again", Section.UPDATE, AbsenceClaims::saidOnce),
                        both("what was not there is sent when it comes", Section.ABSENT, AbsenceClaims::later),
                        both(
                                "one absent name does not keep others back",
                                Section.ABSENT,
                                AbsenceClaims::othersAreServed),
                        both(
                                "a wildcard of nothing is answered, so that an Envoy that starts goes on",
                                Section.WARMING,
                                AbsenceClaims::wildcardOfNothing))
                .flatMap(claims -> claims)
                .toList();
    }

    private static void said(Stage stage) {
        stage.each(
                List.of(ResourceType.values()),
                type -> stage.peer().asks(type, "nowhere").ever().hearsGone(type, "nowhere"));
    }

    private static void saidAsError(Stage stage) {
        stage.each(
                List.of(ResourceType.values()),
                type -> stage.peer()
                        .asks(type, "nowhere")
                        .ever()
                        .hears(heard -> heard.misses(type, "nowhere"), "an error for nowhere of " + type));
    }

    private static void removedWithoutError(Stage stage) {
        stage.needsChanges();
        stage.each(List.of(ResourceType.CLUSTER, ResourceType.SECRET), type -> {
            Peer peer = stage.peer().asks(type, "a");
            peer.ever().hears(type, "a");
            stage.publish(stage.world().without(type, "a"));
            Heard gone = peer.ever().hearsGone(type, "a");
            if (gone.misses(type, "a")) {
                throw new BrokenClaim("the removal of what was there is called an error");
            }
        });
    }

    private static void saidOnce(Stage stage) {
        stage.each(Stage.NAMED, type -> {
            Peer peer = stage.peer().asks(type, "nowhere");
            peer.ever().hearsGone(type, "nowhere");
            peer.now().nothing();
        });
    }

    private static void later(Stage stage) {
        stage.needsChanges();
        stage.each(Stage.NAMED, type -> {
            Peer peer = stage.peer().asks(type, "a", "c");
            peer.ever().hears(type, "a");
            stage.publish(stage.world().with(type, "c", 1));
            peer.ever().hears(type, "c");
            peer.ever().never(heard -> heard.says(type, "b"), "what is asked for alone");
        });
    }

    private static void othersAreServed(Stage stage) {
        stage.each(Stage.NAMED, type -> {
            Peer peer = stage.peer().asks(type, "nowhere", stage.some(type));
            peer.ever().hears(type, stage.some(type));
        });
    }

    private static void wildcardOfNothing(Stage stage) {
        stage.needsChanges();
        stage.publish(World.EMPTY);
        for (ResourceType type : Stage.WHOLE) {
            stage.peer().asksForAll(type).ever().hears(heard -> heard.isOf(type), "an answer without " + type);
        }
    }
}
