package io.sallyport.local.differential;

import io.sallyport.domain.decision.Lookup;
import io.sallyport.domain.decision.ResolvedAddress;
import io.sallyport.local.NameServer;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** What names resolve to: permitted, refused, both, nothing; and one name that changes its mind. */
final class Names implements AutoCloseable {
    static final String OPEN = "127.9.0.1";
    static final String ALSO_OPEN = "127.9.7.1";
    static final String LAST_OPEN = "127.9.7.7";
    /** Refused by the gateways, where nothing else is permitted. */
    static final String REFUSED = "127.0.0.1";
    /** Within what gateways permit, and refused by them all the same. */
    static final String DENIED = "127.9.3.1";
    /** Refused by some destinations. */
    static final String GUARDED = "127.9.4.1";

    /** Names of endpoints. */
    static final List<String> ENDPOINTS = List.of("up.trial", "down.trial", "both.trial");

    private static final String CHANGING = "w.test";
    private static final Map<String, List<String>> ANSWERS = Map.ofEntries(
            Map.entry("x.example", List.of(OPEN)),
            Map.entry("a.x.example", List.of(ALSO_OPEN)),
            Map.entry("b.x.example", List.of(REFUSED)),
            Map.entry("c.y.x.example", List.of(OPEN, REFUSED)),
            Map.entry("y.x.example", List.of(GUARDED)),
            Map.entry("d.z.y.x.example", List.of("::1")),
            Map.entry("other.example", List.of(REFUSED, LAST_OPEN, GUARDED)),
            Map.entry("example", List.of(OPEN, ALSO_OPEN)),
            Map.entry("z.test", List.of(DENIED)),
            Map.entry("v.test", List.of(OPEN, "::1")),
            Map.entry("up.trial", List.of(OPEN)),
            Map.entry("down.trial", List.of(DENIED, REFUSED)),
            Map.entry("both.trial", List.of(DENIED, ALSO_OPEN)));

    private final NameServer server = NameServer.start();
    private boolean isOpen;

    Names() {
        ANSWERS.forEach((name, addresses) -> server.answer(name, addresses.toArray(String[]::new)));
        turn();
    }

    int port() {
        return server.port();
    }

    /** From now on the name that changes has its other answer. */
    void turn() {
        isOpen = !isOpen;
        server.answer(CHANGING, isOpen ? OPEN : REFUSED);
    }

    /** What may be known of a name. */
    List<Lookup> of(String name) {
        return name.equals(CHANGING)
                ? List.of(found(List.of(OPEN)), found(List.of(REFUSED)))
                : List.of(found(ANSWERS.getOrDefault(name, List.of())));
    }

    private static Lookup found(List<String> addresses) {
        return new Lookup.Found(addresses.stream().map(ResolvedAddress::parse).toList());
    }

    /** All addresses that anything of ours is at. */
    static List<String> addresses() {
        return Stream.of(OPEN, ALSO_OPEN, LAST_OPEN, REFUSED, DENIED, GUARDED).toList();
    }

    @Override
    public void close() {
        server.close();
    }
}
