package io.sallyport.local.conformance;

import static io.sallyport.local.conformance.Suite.both;
import static io.sallyport.local.conformance.Suite.delta;

import com.google.protobuf.Any;
import io.sallyport.compiler.envoy.ResourceType;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

/** Nonces: whose answer an answer is. */
final class AnswerClaims {
    private static final ResourceType TYPE = ResourceType.CLUSTER;

    private AnswerClaims() {}

    static List<Claim> all() {
        return Stream.of(
                        both("what is accepted is followed by nothing", Section.UPDATE, AnswerClaims::quiet),
                        both("an unknown nonce is an answer to nothing", Section.NONCES, AnswerClaims::unknown),
                        both("a repeated answer is an answer to nothing", Section.NONCES, AnswerClaims::repeated),
                        both(
                                "a refusal of an older response is no refusal of the newer one",
                                Section.NONCES,
                                stage -> stale(stage, Peer::refuses)),
                        both(
                                "an acceptance of an older response brings nothing",
                                Section.NONCES,
                                stage -> stale(stage, Peer::accepts)),
                        delta(
                                "a change of names with a stale nonce is honoured",
                                Section.INCREMENTAL,
                                stage -> changed(stage, "stale")),
                        delta(
                                "a change of names with no nonce is honoured",
                                Section.INCREMENTAL,
                                stage -> changed(stage, "")),
                        both(
                                "nonces are of one stream: one of another is an answer to nothing",
                                Section.OVERVIEW,
                                AnswerClaims::ofAnotherStream),
                        both(
                                "who answers late gets the newest, and not all that was between",
                                Section.UPDATE,
                                AnswerClaims::late))
                .flatMap(claims -> claims)
                .toList();
    }

    private static void quiet(Stage stage) {
        stage.each(List.of(ResourceType.values()), type -> {
            Peer peer = stage.peer().asks(type, stage.some(type));
            peer.ever().hears(type, stage.some(type));
            peer.now().nothing();
        });
    }

    private static void unknown(Stage stage) {
        stage.needsChanges();
        stage.needs(TYPE);
        Peer peer = stage.peer().asksForAll(TYPE).comesToHold(TYPE, stage.world(TYPE));
        Peer.Since since = peer.now();
        peer.changes(TYPE, List.of(), List.of(), "unknown")
                .changes(TYPE, List.of(), List.of(), "999999999999999999999");
        since.nothing();
        stage.publish(stage.world().with(TYPE, "a", 2));
        peer.comesToHold(TYPE, stage.world(TYPE));
    }

    private static void repeated(Stage stage) {
        stage.needsChanges();
        stage.needs(TYPE);
        Peer peer = stage.peer().asksForAll(TYPE).comesToHold(TYPE, stage.world(TYPE));
        Heard first = peer.heard().getLast();
        Peer.Since since = peer.now();
        peer.accepts(first).accepts(first);
        since.nothing();
        stage.publish(stage.world().with(TYPE, "a", 2));
        peer.comesToHold(TYPE, stage.world(TYPE));
    }

    private static void stale(Stage stage, BiConsumer<Peer, Heard> answer) {
        stage.needsChanges();
        ResourceType type = ResourceType.ROUTES;
        stage.needs(type);
        Any first = stage.body(type, "a");
        Peer peer = stage.peer().answersNothing().asks(type, "a");
        Heard older = peer.ever().hears(heard -> heard.holds(first), "the first content");
        stage.publish(stage.world().with(type, "a", 2));
        Any second = stage.body(type, "a");
        if (!comes(peer, second)) {
            // A server that waits for an answer before it says more has no older response to be asked about.
            peer.accepts(older);
        }
        Heard newer = peer.ever().hears(heard -> heard.holds(second), "the second content");
        Peer.Since since = peer.now();
        answer.accept(peer, older);
        since.nothing();
        peer.accepts(newer);
        since.nothing();
        stage.publish(stage.world().with(type, "a", 3));
        since.hears(heard -> heard.holds(stage.body(type, "a")), "the third content");
    }

    private static boolean comes(Peer peer, Any body) {
        try {
            peer.ever().never(heard -> heard.holds(body), "nothing newer");
            return false;
        } catch (BrokenClaim came) {
            return true;
        }
    }

    private static void changed(Stage stage, String nonce) {
        stage.each(Stage.NAMED, type -> {
            Peer peer = stage.peer().asks(type, stage.some(type));
            peer.ever().hears(type, stage.some(type));
            peer.changes(type, List.of(stage.another(type)), List.of(), nonce);
            peer.ever().hears(type, stage.another(type));
        });
    }

    private static void ofAnotherStream(Stage stage) {
        stage.needs(TYPE);
        Peer one = stage.peer().asksForAll(TYPE).comesToHold(TYPE, stage.world(TYPE));
        Peer another = stage.peer().asksForAll(TYPE).comesToHold(TYPE, stage.world(TYPE));
        Peer.Since since = another.now();
        another.changes(TYPE, List.of(), List.of(), one.heard().getLast().nonce() + "-of-another");
        since.nothing();
    }

    private static void late(Stage stage) {
        stage.needsChanges();
        stage.needs(TYPE);
        Peer peer = stage.peer().answersNothing().asksForAll(TYPE);
        Heard first = peer.ever().hears(TYPE, stage.some(TYPE));
        Any last = SampleResource.of(TYPE, "a", 20);
        for (int content = 2; content <= 20; content++) {
            stage.publish(stage.world().with(TYPE, "a", content));
        }
        peer.answersAgain();
        if (!comes(peer, last)) {
            peer.accepts(first);
        }
        peer.ever().hears(heard -> heard.holds(last), "the newest");
    }
}
