package io.sallyport.compiler.cel;

import io.sallyport.compiler.cel.Expression.Call;
import io.sallyport.compiler.cel.Expression.Constant;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Whether a function is called as it can be. */
record CallCheck(Call call) {
    // What other engines for regular expressions have, and RE2 has not.
    private static final Pattern NOT_RE2 =
            Pattern.compile("\\(\\?(?:[=!>]|<[=!])|\\\\[1-9kGZ]|[*+?}]\\+|&&|\\(\\?<(?![=!])");

    Type type(java.util.function.Function<Expression, Type> types) {
        Function function = call.function();
        List<Expression> operands = call.operands();
        int most = function.operands().size() + (function.takesZone() ? 1 : 0);
        if (operands.size() < function.operands().size() || operands.size() > most) {
            throw new Fault(call.at(), "'%s' is called with %d values".formatted(function.word(), operands.size()));
        }
        for (int index = 0; index < operands.size(); index++) {
            Type wanted =
                    index < function.operands().size() ? function.operands().get(index) : Type.TEXT;
            operand(types.apply(operands.get(index)), wanted, operands.get(index));
        }
        constants(operands);
        return function.result();
    }

    private void operand(Type found, Type wanted, Expression operand) {
        boolean fits = call.function() == Function.SIZE
                ? found == Type.TEXT || found == Type.ANY || found == Type.TEXTS
                : found.mayBe(wanted);
        if (!fits) {
            throw new Fault(operand.at(), "%s is expected here, and this is %s".formatted(wanted, found));
        }
    }

    // What could be wrong with each request is better found now.
    private void constants(List<Expression> operands) {
        switch (call.function()) {
            case MATCHES -> pattern(operands.getLast());
            case TIMESTAMP -> {
                if (operands.getFirst() instanceof Constant constant) {
                    time(constant);
                }
            }
            case HOURS, MINUTES, DAY_OF_WEEK, DATE, MONTH, YEAR -> {
                if (operands.size() == 2) {
                    zone(operands.getLast());
                }
            }
            case STARTS_WITH, ENDS_WITH, CONTAINS, SIZE, INT -> {}
        }
    }

    private static void pattern(Expression written) {
        String text = text(written, "a regular expression is written down, so that it can be checked");
        try {
            Pattern ignored = Pattern.compile(text);
        } catch (PatternSyntaxException malformed) {
            throw new Fault(
                    written.at(), "'%s' is no regular expression: %s".formatted(text, malformed.getDescription()));
        }
        if (NOT_RE2.matcher(text).find()) {
            throw new Fault(
                    written.at(),
                    "'%s' is no regular expression of RE2, which looks neither ahead nor back".formatted(text));
        }
    }

    private static void time(Constant written) {
        try {
            Instant ignored = Instant.parse(written.value().toString());
        } catch (DateTimeException malformed) {
            throw new Fault(written.at(), "'%s' is no time: write 2027-01-31T12:00:00Z".formatted(written.value()));
        }
    }

    private static void zone(Expression written) {
        String name = text(written, "a time zone is written down");
        if (!ZoneId.getAvailableZoneIds().contains(name)) {
            throw new Fault(written.at(), "'%s' is no time zone: write 'Europe/Berlin'".formatted(name));
        }
    }

    private static String text(Expression written, String otherwise) {
        if (written instanceof Constant constant && constant.value() instanceof String text) {
            return text;
        }
        throw new Fault(written.at(), otherwise);
    }
}
