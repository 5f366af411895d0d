package io.sallyport.domain.route;

/** What a value must be. */
public sealed interface ValueMatch {
    /** This and no other. Case counts. */
    record Exact(String text) implements ValueMatch {}

    /** All of it, in the syntax of RE2. */
    record Regex(String regex) implements ValueMatch {}

    /** There at all, whatever it says. */
    record Present() implements ValueMatch {}
}
