package io.sallyport.compiler.cel;

import java.util.Map;

/** A condition that was read and found sound. */
public record Condition(Expression expression) {
    private static final int LONGEST = 2000;

    /** What it comes to. */
    public enum Truth {
        YES,
        NO,
        /** It asks for what is not there, or is of another kind than it takes it for. */
        UNKNOWN
    }

    /** Throws an IllegalArgumentException that says where what is wrong, and what to do. */
    public static Condition parse(String text) {
        if (text.isBlank() || text.length() > LONGEST) {
            throw new IllegalArgumentException("a condition has 1 to %d characters".formatted(LONGEST));
        }
        Expression expression = Parser.parse(text);
        Checker.check(expression);
        return new Condition(expression);
    }

    /** Whether its answer depends on how a path is read. */
    public boolean asksOfPaths() {
        return asks(Attribute::isOfPaths);
    }

    /** Whether its answer depends on the method of a request. */
    public boolean asksOfMethods() {
        return asks(attribute -> attribute == Attribute.METHOD);
    }

    /** Whether it asks what a token claims. */
    public boolean asksOfTokens() {
        return asks(attribute -> attribute == Attribute.CLAIMS);
    }

    /** Whether a text that may be no condition asks what a token claims; it is taken to where it is none. */
    public static boolean mayAskOfTokens(String text) {
        try {
            return parse(text).asksOfTokens();
        } catch (IllegalArgumentException noCondition) {
            return true;
        }
    }

    private boolean asks(java.util.function.Predicate<Attribute> wanted) {
        return expression
                .all()
                .anyMatch(part -> part instanceof Expression.Known known && wanted.test(known.attribute()));
    }

    /** Of a request with these attributes; others it does not have. */
    public Truth of(Map<Attribute, Object> request) {
        try {
            return new Evaluation(request).of(expression) instanceof Boolean answer && answer ? Truth.YES : Truth.NO;
        } catch (Unknown unknown) {
            return Truth.UNKNOWN;
        }
    }
}
