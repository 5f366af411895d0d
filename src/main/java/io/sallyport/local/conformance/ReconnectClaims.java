package io.sallyport.local.conformance;

import static io.sallyport.local.conformance.Suite.both;
import static io.sallyport.local.conformance.Suite.delta;

import io.sallyport.compiler.envoy.ResourceType;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/** Clients that were here before. */
final class ReconnectClaims {
    private ReconnectClaims() {}

    static List<Claim> all() {
        return Stream.of(
                        both(
                                "with all of it in hand nothing is sent",
                                Section.INCREMENTAL,
                                stage -> equal(stage, Stage::peer)),
                        both(
                                "at another replica neither",
                                Section.INCREMENTAL,
                                stage -> equal(stage, Stage::peerAtAnotherReplica)),
                        delta(
                                "of what changed while away that alone is sent",
                                Section.INCREMENTAL,
                                ReconnectClaims::older),
                        delta(
                                "at another replica that alone too",
                                Section.INCREMENTAL,
                                ReconnectClaims::olderAtAnotherReplica),
                        delta(
                                "what is gone is taken away in the first answer",
                                Section.INCREMENTAL,
                                ReconnectClaims::superset),
                        delta("what is not held is sent", Section.INCREMENTAL, ReconnectClaims::subset),
                        both(
                                "versions that never were are as if there were none",
                                Section.INCREMENTAL,
                                ReconnectClaims::wrong),
                        delta(
                                "names of other resources that are held do no harm",
                                Section.INCREMENTAL,
                                ReconnectClaims::foreign),
                        both(
                                "a change while away is sent to who had the rest",
                                Section.ACK,
                                ReconnectClaims::changedWhileAway),
                        both(
                                "without names nothing is handed out though the type was in use before",
                                Section.SEEN,
                                ReconnectClaims::withoutNames))
                .flatMap(claims -> claims)
                .toList();
    }

    /** Types of which an answer may be left out: in the state of the world a client may now ask for other names. */
    private static List<ResourceType> types(Stage stage) {
        return stage.isStateOfTheWorld() ? Stage.WHOLE : List.of(ResourceType.values());
    }

    private static void equal(Stage stage, Function<Stage, Peer> again) {
        stage.each(
                types(stage),
                type -> resumed(stage, type, again, memory -> memory).ever().nothing());
    }

    private static Peer resumed(
            Stage stage,
            ResourceType type,
            Function<Stage, Peer> again,
            Function<Memory.OfType, Memory.OfType> change) {
        Peer peer = stage.peer();
        String[] names = ask(stage, type, peer);
        Memory.OfType memory = peer.remembers().of(type.typeUrl());
        peer.close();
        return again.apply(stage).resumes(type, change.apply(memory), names);
    }

    private static String[] ask(Stage stage, ResourceType type, Peer peer) {
        if (Stage.WHOLE.contains(type)) {
            peer.asksForAll(type).comesToHold(type, stage.world(type));
            return new String[0];
        }
        String[] names = stage.world(type).keySet().toArray(String[]::new);
        peer.asks(type, names).comesToHold(type, stage.world(type));
        return names;
    }

    private static void older(Stage stage) {
        older(stage, Stage::peer);
    }

    private static void olderAtAnotherReplica(Stage stage) {
        older(stage, Stage::peerAtAnotherReplica);
    }

    private static void older(Stage stage, Function<Stage, Peer> again) {
        stage.each(List.of(ResourceType.values()), type -> {
            String some = stage.some(type);
            Peer peer = resumed(stage, type, again, memory -> memory.withVersion(some, "older"));
            peer.ever().hears(type, some);
            peer.ever().never(heard -> heard.says(type, stage.another(type)), "what changed alone");
        });
    }

    private static void superset(Stage stage) {
        stage.each(Stage.WHOLE, type -> {
            Peer peer = resumed(stage, type, Stage::peer, memory -> memory.withVersion("gone", "1"));
            Heard first = peer.ever().hears(ignored -> true, "an answer");
            if (!first.removes(type, "gone")) {
                throw new BrokenClaim("the first answer was " + first);
            }
            peer.ever().never(heard -> !heard.items().isEmpty(), "no resource");
        });
    }

    private static void subset(Stage stage) {
        stage.each(List.of(ResourceType.values()), type -> {
            String some = stage.some(type);
            Peer peer = resumed(stage, type, Stage::peer, memory -> memory.without(some));
            peer.ever().hears(type, some);
            peer.ever().never(heard -> heard.says(type, stage.another(type)), "what was missing alone");
        });
    }

    private static void wrong(Stage stage) {
        BiFunction<Memory.OfType, String, Memory.OfType> made = (memory, name) -> memory.withVersion(name, "-1 no");
        stage.each(List.of(ResourceType.values()), type -> {
            Peer peer = resumed(
                    stage,
                    type,
                    Stage::peer,
                    memory -> stage.world(type).keySet().stream().reduce(memory, made, (one, other) -> other));
            peer.comesToHold(type, stage.world(type));
        });
    }

    private static void foreign(Stage stage) {
        stage.each(Stage.NAMED, type -> {
            Peer peer = stage.peer().resumes(type, Memory.OfType.NOTHING.withVersion("foreign", "1"), stage.some(type));
            peer.ever().hears(type, stage.some(type));
            peer.ever().never(heard -> heard.says(type, "foreign"), "what is asked for alone");
        });
    }

    private static void changedWhileAway(Stage stage) {
        stage.needsChanges();
        stage.each(List.of(ResourceType.values()), type -> {
            Peer peer = stage.peer();
            String[] names = ask(stage, type, peer);
            Memory.OfType memory = peer.remembers().of(type.typeUrl());
            peer.close();
            stage.publish(stage.world().with(type, "a", 2));
            Peer again = stage.peer().resumes(type, memory, names);
            again.ever().hears(heard -> heard.holds(stage.body(type, "a")), "what changed");
        });
    }

    private static void withoutNames(Stage stage) {
        stage.each(Stage.NAMED, type -> {
            Peer peer = stage.peer().resumes(type, new Memory.OfType(java.util.Map.of(), "1"));
            peer.ever().never(heard -> !heard.items().isEmpty(), "no resource of " + type);
        });
    }
}
