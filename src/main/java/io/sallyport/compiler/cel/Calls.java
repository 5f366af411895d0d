package io.sallyport.compiler.cel;

import static io.sallyport.compiler.cel.Evaluation.as;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What functions come to. */
final class Calls {
    private Calls() {}

    static Object of(Function function, List<Object> operands) {
        Object first = operands.getFirst();
        return switch (function) {
            case STARTS_WITH -> text(first).startsWith(text(operands.getLast()));
            case ENDS_WITH -> text(first).endsWith(text(operands.getLast()));
            case CONTAINS -> text(first).contains(text(operands.getLast()));
            case MATCHES ->
                Pattern.compile(text(operands.getLast())).matcher(text(first)).find();
            case SIZE -> size(first);
            case INT -> number(text(first));
            case TIMESTAMP -> time(text(first));
            case HOURS -> (long) in(operands).getHour();
            case MINUTES -> (long) in(operands).getMinute();
            case DAY_OF_WEEK -> (long) in(operands).getDayOfWeek().getValue() % 7;
            case DATE -> (long) in(operands).getDayOfMonth();
            case MONTH -> (long) in(operands).getMonthValue() - 1;
            case YEAR -> (long) in(operands).getYear();
        };
    }

    private static String text(Object value) {
        return as(value, String.class);
    }

    private static long size(Object value) {
        return switch (value) {
            case String text -> text.codePointCount(0, text.length());
            case Collection<?> many -> many.size();
            case Map<?, ?> map -> map.size();
            default -> throw new Unknown();
        };
    }

    private static long number(String text) {
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException noNumber) {
            throw new Unknown();
        }
    }

    private static Instant time(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException noTime) {
            throw new Unknown();
        }
    }

    private static ZonedDateTime in(List<Object> operands) {
        ZoneId zone = operands.size() == 1 ? ZoneOffset.UTC : ZoneId.of(text(operands.getLast()));
        return as(operands.getFirst(), Instant.class).atZone(zone);
    }
}
