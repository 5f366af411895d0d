package io.sallyport.local.conformance;

import static io.sallyport.local.conformance.Suite.delta;

import io.sallyport.compiler.envoy.ResourceType;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/** What holds for a time, and errors of single resources. */
final class RenewalClaims {
    private static final ResourceType TYPE = ResourceType.EXTENSION_CONFIG;
    private static final Duration LIMIT = Duration.ofSeconds(3);

    private RenewalClaims() {}

    static List<Claim> all() {
        return Stream.of(
                        delta("what holds for a time says for how long", Section.TTL, RenewalClaims::limit),
                        delta(
                                "it is renewed without its content and with its version, again and again",
                                Section.TTL,
                                RenewalClaims::renewed),
                        delta(
                                "a limit that is taken back is taken back on the wire",
                                Section.TTL,
                                RenewalClaims::takenBack),
                        delta("a resource that is refused is not renewed", Section.TTL, RenewalClaims::refused))
                .flatMap(claims -> claims)
                .toList();
    }

    private static Peer limited(Stage stage) {
        stage.needs(TYPE);
        stage.needsTimeLimits();
        stage.publish(stage.world().lapsingAfter(LIMIT));
        return stage.peer().asks(TYPE, "a");
    }

    private static void limit(Stage stage) {
        Heard heard = limited(stage).ever().hears(TYPE, "a");
        if (!heard.item("a").orElseThrow().hasTimeLimit()) {
            throw new BrokenClaim("there was no limit");
        }
    }

    private static void renewed(Stage stage) {
        Peer peer = limited(stage);
        Heard.Item whole = peer.ever().hears(TYPE, "a").item("a").orElseThrow();
        for (int times = 0; times < 2; times++) {
            peer.now()
                    .hears(
                            heard -> heard.item("a")
                                    .filter(item -> item.isRenewal() && item.hasTimeLimit())
                                    .filter(item -> item.version().equals(whole.version()))
                                    .isPresent(),
                            "a renewal of version " + whole.version());
        }
    }

    private static void takenBack(Stage stage) {
        stage.needsChanges();
        Peer peer = limited(stage);
        peer.ever().hears(TYPE, "a");
        stage.publish(stage.world().lapsingAfter(Duration.ZERO));
        peer.ever()
                .hears(
                        heard -> heard.item("a")
                                .filter(item -> !item.isRenewal() && !item.hasTimeLimit())
                                .isPresent(),
                        "the resource without a limit");
    }

    private static void refused(Stage stage) {
        Peer peer = limited(stage).asks(TYPE, "b").refuses(stage.body(TYPE, "b"));
        peer.ever().hears(heard -> heard.item("a").filter(Heard.Item::isRenewal).isPresent(), "a renewal");
        peer.ever()
                .never(
                        heard -> heard.item("b").filter(Heard.Item::isRenewal).isPresent(),
                        "no renewal of what was refused");
    }
}
