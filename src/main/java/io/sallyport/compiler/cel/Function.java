package io.sallyport.compiler.cel;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** The functions of conditions: those that data planes evaluate, and that come to the same in all of them. */
public enum Function {
    STARTS_WITH("startsWith", Form.METHOD, Type.TRUTH, Type.TEXT, Type.TEXT),
    ENDS_WITH("endsWith", Form.METHOD, Type.TRUTH, Type.TEXT, Type.TEXT),
    CONTAINS("contains", Form.METHOD, Type.TRUTH, Type.TEXT, Type.TEXT),
    /** Anywhere in the text, in the syntax of RE2. */
    MATCHES("matches", Form.METHOD, Type.TRUTH, Type.TEXT, Type.TEXT),
    SIZE("size", Form.PLAIN, Type.WHOLE, Type.ANY),
    INT("int", Form.PLAIN, Type.WHOLE, Type.TEXT),
    TIMESTAMP("timestamp", Form.PLAIN, Type.TIME, Type.TEXT),
    HOURS("getHours", Form.IN_ZONE, Type.WHOLE, Type.TIME),
    MINUTES("getMinutes", Form.IN_ZONE, Type.WHOLE, Type.TIME),
    /** Sunday is 0. */
    DAY_OF_WEEK("getDayOfWeek", Form.IN_ZONE, Type.WHOLE, Type.TIME),
    /** From 1. */
    DATE("getDate", Form.IN_ZONE, Type.WHOLE, Type.TIME),
    /** January is 0. */
    MONTH("getMonth", Form.IN_ZONE, Type.WHOLE, Type.TIME),
    YEAR("getFullYear", Form.IN_ZONE, Type.WHOLE, Type.TIME);

    private final String word;
    private final Form form;
    private final Type result;

    @SuppressWarnings("ImmutableEnumChecker") // each is a List.of
    private final List<Type> operands;

    /** How it is called. */
    enum Form {
        /** {@code function(operand)} */
        PLAIN,
        /** {@code operand.function(other)} */
        METHOD,
        /** {@code operand.function()}, with the name of a time zone if it is not UTC. */
        IN_ZONE
    }

    Function(String word, Form form, Type result, Type... operands) {
        this.word = word;
        this.form = form;
        this.result = result;
        this.operands = List.of(operands);
    }

    public String word() {
        return word;
    }

    /** Whether the first operand stands before it. */
    public boolean isMethod() {
        return form != Form.PLAIN;
    }

    boolean takesZone() {
        return form == Form.IN_ZONE;
    }

    Type result() {
        return result;
    }

    /** Without the time zone. */
    List<Type> operands() {
        return operands;
    }

    static Optional<Function> of(String word, boolean isMethod) {
        return Arrays.stream(values())
                .filter(one -> one.word.equals(word) && one.isMethod() == isMethod)
                .findFirst();
    }

    static String words() {
        return "has, " + Arrays.stream(values()).map(Function::word).collect(Collectors.joining(", "));
    }
}
