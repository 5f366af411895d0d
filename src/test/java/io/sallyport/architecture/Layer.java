package io.sallyport.architecture;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** The allow-list: what each package may use of ours, and why no more. */
enum Layer {
    DOMAIN("domain", List.of(), "what is true needs nothing but Java"),
    COMPILER("compiler", List.of("domain"), "compilation is a pure function of the desired state"),
    IDENTITY("identity", List.of("domain"), "who is calling does not depend on what they ask for"),
    STORE("store", List.of("domain"), "what is remembered knows nothing of who asks"),
    FEED("feed", List.of("domain"), "the newest snapshot is handed on, not made or understood"),
    AGENTS("agents", List.of("domain"), "the ledger is the same for every protocol"),
    USECASE(
            "usecase",
            List.of("domain", "compiler", "identity", "store", "feed", "agents"),
            "use cases join the parts and know no protocol"),
    REST("rest", List.of("usecase", "identity", "domain"), "HTTP asks use cases and touches nothing behind them"),
    PUSH(
            "push",
            List.of("usecase", "feed", "agents", "identity", "domain", "compiler.envoy"),
            "streams read the feed and write the ledger; the store is not theirs"),
    BOOT(
            "boot",
            List.of("domain", "compiler", "identity", "store", "feed", "agents", "usecase", "rest", "push"),
            "wiring sees all of the product and nobody sees the wiring");

    final String name;

    @SuppressWarnings("ImmutableEnumChecker") // each is a List.of
    private final List<String> uses;

    final String reason;

    Layer(String name, List<String> uses, String reason) {
        this.name = name;
        this.uses = uses;
        this.reason = reason;
    }

    String itself() {
        return packages(name);
    }

    String[] mayUse() {
        return Stream.concat(Stream.of(name), uses.stream())
                .map(Layer::packages)
                .toArray(String[]::new);
    }

    static String[] names() {
        return Arrays.stream(values()).map(Layer::itself).toArray(String[]::new);
    }

    private static String packages(String name) {
        return "io.sallyport." + name + "..";
    }
}
