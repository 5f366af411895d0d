package io.sallyport.compiler.cel;

import io.sallyport.compiler.cel.Expression.Call;
import io.sallyport.compiler.cel.Expression.Constant;
import io.sallyport.compiler.cel.Expression.Field;
import io.sallyport.compiler.cel.Expression.Known;
import io.sallyport.compiler.cel.Expression.Many;
import io.sallyport.compiler.cel.Expression.Operation;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an expression comes to: texts, {@code Long}, {@code Double}, {@code Boolean}, {@code Instant}, lists and maps of
 * those. Throws {@link Unknown} where that cannot be told.
 */
record Evaluation(Map<Attribute, Object> request) {

    Object of(Expression expression) {
        return switch (expression) {
            case Constant constant -> constant.value();
            case Known known -> there(request.get(known.attribute()));
            case Field field -> field(field);
            case Many many -> many.elements().stream().map(this::of).toList();
            case Operation operation -> operation(operation);
            case Call call ->
                Calls.of(call.function(), call.operands().stream().map(this::of).toList());
        };
    }

    private static Object there(@Nullable Object value) {
        return Optional.ofNullable(value).orElseThrow(Unknown::new);
    }

    private Object field(Field field) {
        Map<?, ?> of = as(of(field.of()), Map.class);
        return field.isTested() ? of.containsKey(field.name()) : there(of.get(field.name()));
    }

    private Object operation(Operation operation) {
        List<Expression> operands = operation.operands();
        Expression first = operands.getFirst();
        return switch (operation.operator()) {
            case EITHER -> either(operands, true);
            case BOTH -> either(operands, false);
            case NOT -> !truth(first);
            case CHOICE -> of(operands.get(truth(first) ? 1 : 2));
            case EQUAL -> isEqual(of(first), of(operands.getLast()));
            case UNEQUAL -> !isEqual(of(first), of(operands.getLast()));
            case LESS -> compared(operands) < 0;
            case AT_MOST -> compared(operands) <= 0;
            case MORE -> compared(operands) > 0;
            case AT_LEAST -> compared(operands) >= 0;
            case AMONG -> isAmong(of(first), of(operands.getLast()));
            case ITEM -> item(of(first), of(operands.getLast()));
        };
    }

    // One that decides by itself decides, whatever cannot be told of the other.
    private boolean either(List<Expression> operands, boolean deciding) {
        Optional<Boolean> left = answer(operands.getFirst());
        Optional<Boolean> right = answer(operands.getLast());
        if (left.equals(Optional.of(deciding)) || right.equals(Optional.of(deciding))) {
            return deciding;
        }
        if (left.isEmpty() || right.isEmpty()) {
            throw new Unknown();
        }
        return !deciding;
    }

    private Optional<Boolean> answer(Expression expression) {
        try {
            return Optional.of(truth(expression));
        } catch (Unknown unknown) {
            return Optional.empty();
        }
    }

    private boolean truth(Expression expression) {
        return as(of(expression), Boolean.class);
    }

    private static boolean isEqual(Object left, Object right) {
        if (left.getClass() != right.getClass()) {
            throw new Unknown();
        }
        return left.equals(right);
    }

    private int compared(List<Expression> operands) {
        Object left = of(operands.getFirst());
        Object right = of(operands.getLast());
        return switch (left) {
            case String text -> text.compareTo(as(right, String.class));
            case Long number -> number.compareTo(as(right, Long.class));
            case Double number -> number.compareTo(as(right, Double.class));
            case Instant time -> time.compareTo(as(right, Instant.class));
            default -> throw new Unknown();
        };
    }

    private static boolean isAmong(Object value, Object of) {
        return switch (of) {
            case List<?> list -> list.stream().anyMatch(one -> Objects.equals(one, value));
            case Map<?, ?> map -> map.containsKey(value);
            default -> throw new Unknown();
        };
    }

    private static Object item(Object of, Object key) {
        return switch (of) {
            case Map<?, ?> map when key instanceof String -> there(map.get(key));
            case List<?> list
            when key instanceof Long place && place >= 0 && place < list.size() -> there(list.get(place.intValue()));
            default -> throw new Unknown();
        };
    }

    static <T> T as(Object value, Class<T> type) {
        if (!type.isInstance(value)) {
            throw new Unknown();
        }
        return type.cast(value);
    }
}
