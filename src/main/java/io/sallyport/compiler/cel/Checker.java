package io.sallyport.compiler.cel;

import io.sallyport.compiler.cel.Expression.Call;
import io.sallyport.compiler.cel.Expression.Constant;
import io.sallyport.compiler.cel.Expression.Field;
import io.sallyport.compiler.cel.Expression.Known;
import io.sallyport.compiler.cel.Expression.Many;
import io.sallyport.compiler.cel.Expression.Operation;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** Finds what a condition says of something that is of another kind; throws a {@link Fault} for the first. */
final class Checker {
    private static final Set<Type> COMPARED = EnumSet.of(Type.TRUTH, Type.WHOLE, Type.DECIMAL, Type.TEXT, Type.TIME);
    private static final Set<Type> OF_TOKENS = EnumSet.of(Type.TRUTH, Type.DECIMAL, Type.TEXT, Type.ANY);

    private Checker() {}

    static void check(Expression condition) {
        expect(condition, Type.TRUTH);
    }

    private static void expect(Expression expression, Type wanted) {
        Type found = type(expression);
        if (found != wanted) {
            throw new Fault(
                    expression.at(),
                    found == Type.ANY && wanted == Type.TRUTH
                            ? "a claim alone is no condition: compare it, claims.admin == true for example"
                            : "%s is expected here, and this is %s".formatted(wanted, found));
        }
    }

    private static Type type(Expression expression) {
        return switch (expression) {
            case Constant constant -> of(constant.value());
            case Known known -> known.attribute().type();
            case Field field -> field(field);
            case Many many -> list(many);
            case Operation operation -> operation(operation);
            case Call call -> new CallCheck(call).type(Checker::type);
        };
    }

    private static Type of(Object value) {
        if (value instanceof Boolean) {
            return Type.TRUTH;
        }
        if (value instanceof Long) {
            return Type.WHOLE;
        }
        return value instanceof Double ? Type.DECIMAL : Type.TEXT;
    }

    private static Type field(Field field) {
        Type of = type(field.of());
        if (of != Type.ANY) {
            throw new Fault(
                    field.at(),
                    of == Type.TEXTS
                            ? "headers are asked for as request.headers['name']"
                            : "%s has no field '%s'".formatted(of, field.name()));
        }
        return field.isTested() ? Type.TRUTH : Type.ANY;
    }

    private static Type list(Many many) {
        if (many.elements().isEmpty()) {
            throw new Fault(many.at(), "nothing is in an empty list: name at least one value");
        }
        for (Expression element : many.elements()) {
            if (!(element instanceof Constant) || type(element) != elements(many)) {
                throw new Fault(element.at(), "a list holds values of one kind, written down");
            }
        }
        return Type.MANY;
    }

    private static Type elements(Many many) {
        return type(many.elements().getFirst());
    }

    private static Type operation(Operation operation) {
        List<Expression> operands = operation.operands();
        switch (operation.operator()) {
            case EITHER, BOTH, NOT -> operands.forEach(operand -> expect(operand, Type.TRUTH));
            case EQUAL, UNEQUAL -> comparable(operation, COMPARED);
            case LESS, AT_MOST, MORE, AT_LEAST ->
                comparable(operation, EnumSet.of(Type.WHOLE, Type.DECIMAL, Type.TEXT, Type.TIME));
            case AMONG -> among(operation);
            case ITEM -> {
                return item(operation);
            }
            case CHOICE -> {
                return choice(operation);
            }
        }
        return Type.TRUTH;
    }

    private static void comparable(Operation operation, Set<Type> ordered) {
        Type left = type(operation.operands().getFirst());
        Type right = type(operation.operands().getLast());
        boolean isOfTokens =
                (left == Type.ANY && OF_TOKENS.contains(right)) || (right == Type.ANY && OF_TOKENS.contains(left));
        if (isOfTokens || (left == right && ordered.contains(left))) {
            return;
        }
        boolean isWhole = left == Type.ANY || right == Type.ANY;
        throw new Fault(
                operation.at(),
                isWhole
                        ? "numbers in tokens are decimal: write 3.0 for 3"
                        : "%s cannot be compared with %s".formatted(left, right));
    }

    private static void among(Operation operation) {
        Expression right = operation.operands().getLast();
        Type left = type(operation.operands().getFirst());
        boolean fits = switch (type(right)) {
            case MANY -> right instanceof Many many && fits(left, elements(many));
            case TEXTS -> isName(operation.operands().getFirst());
            case ANY -> OF_TOKENS.contains(left);
            case TRUTH, WHOLE, DECIMAL, TEXT, TIME -> false;
        };
        if (!fits) {
            throw new Fault(
                    operation.at(),
                    "'in' looks for a value in a list of its kind, for a claim's value, or for the name of a header");
        }
    }

    private static boolean fits(Type value, Type element) {
        return value == element || (value == Type.ANY && OF_TOKENS.contains(element));
    }

    private static Type item(Operation operation) {
        Expression key = operation.operands().getLast();
        Type keyType = type(key);
        Type of = type(operation.operands().getFirst());
        if (of == Type.TEXTS && isName(key)) {
            return Type.TEXT;
        }
        if (of == Type.ANY && (keyType == Type.TEXT || keyType == Type.WHOLE)) {
            return Type.ANY;
        }
        throw new Fault(
                operation.at(),
                "brackets name a header, request.headers['x-team'], or a part of a claim by name or place");
    }

    // What the gateway tells itself is nobody else's business.
    private static boolean isName(Expression key) {
        if (!(key instanceof Constant constant) || !(constant.value() instanceof String name)) {
            return false;
        }
        if (!name.matches("[a-z0-9!#$%&'*+.^_`|~-]+")
                || name.startsWith("x-sallyport-")
                || name.startsWith("x-envoy-")) {
            throw new Fault(key.at(), "'%s' is no header of a request: write its name in lower case".formatted(name));
        }
        return true;
    }

    private static Type choice(Operation operation) {
        expect(operation.operands().getFirst(), Type.TRUTH);
        Type yes = type(operation.operands().get(1));
        Type no = type(operation.operands().getLast());
        if (yes != no) {
            throw new Fault(operation.at(), "%s and %s are two kinds to choose between".formatted(yes, no));
        }
        return yes;
    }
}
