package io.sallyport.local.conformance;

/** What came of a claim. */
public sealed interface Verdict {
    record Holds() implements Verdict {}

    record Broken(String how) implements Verdict {}

    record NotTried(String why) implements Verdict {}

    /** One word for a table. */
    default String word() {
        return switch (this) {
            case Holds ignored -> "pass";
            case Broken ignored -> "**fail**";
            case NotTried ignored -> "not supported";
        };
    }
}
