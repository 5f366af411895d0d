package io.sallyport.compiler.cel;

import io.sallyport.compiler.cel.Expression.Call;
import io.sallyport.compiler.cel.Expression.Constant;
import io.sallyport.compiler.cel.Expression.Field;
import io.sallyport.compiler.cel.Expression.Known;
import io.sallyport.compiler.cel.Expression.Operation;
import io.sallyport.compiler.cel.Token.Kind;
import java.util.List;
import java.util.stream.Stream;

/** Reads a value of a condition, with all that hangs on it by dots and brackets. */
final class Member {
    private final Parser parser;

    Member(Parser parser) {
        this.parser = parser;
    }

    Expression read() {
        Expression value = value(parser.take());
        while (true) {
            Token sign = parser.peek();
            if (sign.isSign(".")) {
                parser.take();
                value = named(sign.at(), value);
            } else if (sign.isSign("[")) {
                parser.take();
                Expression key = parser.expression();
                parser.expect("]");
                value = new Operation(sign.at(), Operator.ITEM, List.of(value, key));
            } else {
                return value;
            }
        }
    }

    private Expression value(Token token) {
        return switch (token.kind()) {
            case TEXT -> new Constant(token.at(), token.text());
            case WHOLE -> new Constant(token.at(), Long.parseLong(token.text()));
            case DECIMAL -> new Constant(token.at(), Double.parseDouble(token.text()));
            case NAME -> named(token);
            case SIGN -> enclosed(token);
            case END -> throw new Fault(token.at(), "something is missing at the end");
        };
    }

    private Expression enclosed(Token token) {
        if (token.isSign("[")) {
            return parser.list(token.at());
        }
        if (!token.isSign("(")) {
            throw new Fault(token.at(), "'%s' is not expected here".formatted(token.text()));
        }
        Expression within = parser.expression();
        parser.expect(")");
        return within;
    }

    private Expression named(Token name) {
        if (name.text().equals("true") || name.text().equals("false")) {
            return new Constant(name.at(), Boolean.parseBoolean(name.text()));
        }
        if (parser.peek().isSign("(")) {
            parser.take();
            return name.text().equals("has") ? tested(name) : call(name, false, Stream.of());
        }
        if (name.text().equals("claims")) {
            return new Known(name.at(), Attribute.CLAIMS);
        }
        return attribute(name);
    }

    private Expression attribute(Token object) {
        if (!Attribute.isObject(object.text()) || !parser.peek().isSign(".")) {
            throw unknown(object.at(), object.text());
        }
        parser.take();
        Token field = name();
        return Attribute.of(object.text(), field.text())
                .<Expression>map(attribute -> new Known(object.at(), attribute))
                .orElseThrow(() -> unknown(object.at(), object.text() + "." + field.text()));
    }

    private static Fault unknown(int at, String name) {
        return new Fault(at, "'%s' is not known here: use %s".formatted(name, Attribute.names()));
    }

    private Expression named(int at, Expression of) {
        Token name = name();
        if (parser.peek().isSign("(")) {
            parser.take();
            return call(name, true, Stream.of(of));
        }
        return new Field(at, of, name.text(), false);
    }

    private Token name() {
        Token name = parser.take();
        if (name.kind() != Kind.NAME) {
            throw new Fault(name.at(), "a name is expected here, found " + name.text());
        }
        return name;
    }

    private Expression call(Token name, boolean isMethod, Stream<Expression> first) {
        Function function = Function.of(name.text(), isMethod)
                .orElseThrow(() -> new Fault(
                        name.at(),
                        "the function '%s' cannot be used %s: there are %s; what lists and maps hold is found by 'in' alone"
                                .formatted(name.text(), isMethod ? "after a dot" : "so", Function.words())));
        return new Call(
                name.at(),
                function,
                Stream.concat(first, parser.until(")").stream()).toList());
    }

    private Expression tested(Token has) {
        List<Expression> arguments = parser.until(")");
        if (arguments.size() == 1 && arguments.getFirst() instanceof Field field) {
            return new Field(has.at(), field.of(), field.name(), true);
        }
        throw new Fault(
                has.at(),
                "has(...) asks for one field, has(claims.groups) for example; of headers use 'name' in request.headers");
    }
}
