package io.sallyport.compiler.cel;

import java.util.List;
import java.util.stream.Stream;

/** A condition in the Common Expression Language (cel.dev), as a tree. */
public sealed interface Expression {
    /** Where it begins in the text, from 0. */
    int at();

    /**
     * Something written down.
     *
     * @param value a text, a {@code Long}, a {@code Double} or a {@code Boolean}
     */
    record Constant(int at, Object value) implements Expression {}

    /** Something that is known of a request. */
    record Known(int at, Attribute attribute) implements Expression {}

    /** {@code of.name}; whether it is there at all where {@code isTested}. */
    record Field(int at, Expression of, String name, boolean isTested) implements Expression {}

    /** {@code [one, other]} */
    record Many(int at, List<Expression> elements) implements Expression {
        public Many {
            elements = List.copyOf(elements);
        }
    }

    /** An operator with what it is applied to. */
    record Operation(int at, Operator operator, List<Expression> operands) implements Expression {
        public Operation {
            operands = List.copyOf(operands);
        }
    }

    /** {@code function(first, ...)}, or {@code first.function(...)}, which functions allow is their own affair. */
    record Call(int at, Function function, List<Expression> operands) implements Expression {
        public Call {
            operands = List.copyOf(operands);
        }
    }

    /** This one, and all within it. */
    default Stream<Expression> all() {
        return Stream.concat(Stream.of(this), parts().stream().flatMap(Expression::all));
    }

    private List<Expression> parts() {
        return switch (this) {
            case Constant constant -> List.of();
            case Known known -> List.of();
            case Field field -> List.of(field.of());
            case Many many -> many.elements();
            case Operation operation -> operation.operands();
            case Call call -> call.operands();
        };
    }
}
