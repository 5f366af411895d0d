package io.sallyport.compiler.cel;

/** What an expression is. */
enum Type {
    TRUTH("true or false"),
    WHOLE("a whole number"),
    DECIMAL("a decimal number"),
    TEXT("a text"),
    TIME("a time"),
    MANY("a list"),
    /** Texts by name. */
    TEXTS("a map of texts"),
    /** Whatever a token says: known when it is there. */
    ANY("a claim");

    private final String name;

    Type(String name) {
        this.name = name;
    }

    @Override
    public String toString() {
        return name;
    }

    boolean mayBe(Type wanted) {
        return this == wanted || this == ANY;
    }
}
