package io.sallyport.compiler.cel;

import io.sallyport.compiler.cel.Expression.Constant;
import io.sallyport.compiler.cel.Expression.Many;
import io.sallyport.compiler.cel.Expression.Operation;
import io.sallyport.compiler.cel.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Reads conditions by the grammar of CEL, as far as conditions may use it. */
final class Parser {
    // Data planes read trees of a bounded depth.
    private static final int DEEPEST = 24;
    private static final Map<String, Operator> COMPARISONS = Map.of(
            "==", Operator.EQUAL,
            "!=", Operator.UNEQUAL,
            "<", Operator.LESS,
            "<=", Operator.AT_MOST,
            ">", Operator.MORE,
            ">=", Operator.AT_LEAST,
            "in", Operator.AMONG);

    private final List<Token> tokens;
    private int next;
    private int depth;

    private Parser(List<Token> tokens) {
        this.tokens = tokens;
    }

    static Expression parse(String text) {
        var parser = new Parser(Tokens.of(text));
        Expression expression = parser.expression();
        Token rest = parser.peek();
        if (rest.kind() != Kind.END) {
            throw new Fault(
                    rest.at(), "'%s' is not expected here: join conditions by && and ||".formatted(rest.text()));
        }
        return expression;
    }

    Expression expression() {
        if (++depth > DEEPEST) {
            throw new Fault(peek().at(), "this is nested too deeply: write several rules");
        }
        Expression condition = chain("||", Operator.EITHER, () -> chain("&&", Operator.BOTH, this::comparison));
        Expression whole = peek().isSign("?") ? choice(condition) : condition;
        depth--;
        return whole;
    }

    private Expression choice(Expression condition) {
        int at = take().at();
        Expression yes = expression();
        expect(":");
        return new Operation(at, Operator.CHOICE, List.of(condition, yes, expression()));
    }

    private Expression chain(String sign, Operator operator, Supplier<Expression> part) {
        Expression left = part.get();
        for (int count = 0; peek().isSign(sign); count++) {
            if (count == DEEPEST) {
                throw new Fault(
                        peek().at(), "these are too many conditions in a row: use a list and 'in', or several rules");
            }
            int at = take().at();
            left = new Operation(at, operator, List.of(left, part.get()));
        }
        return left;
    }

    private Expression comparison() {
        Expression left = unary();
        Token sign = peek();
        Operator operator = COMPARISONS.get(sign.text());
        if (operator == null || sign.kind() == Kind.TEXT) {
            return left;
        }
        take();
        return new Operation(sign.at(), operator, List.of(left, unary()));
    }

    private Expression unary() {
        Token token = peek();
        if (token.isSign("!")) {
            take();
            return new Operation(token.at(), Operator.NOT, List.of(unary()));
        }
        if (token.isSign("-")) {
            take();
            return negative(take());
        }
        return new Member(this).read();
    }

    private static Expression negative(Token number) {
        return switch (number.kind()) {
            case WHOLE -> new Constant(number.at(), -Long.parseLong(number.text()));
            case DECIMAL -> new Constant(number.at(), -Double.parseDouble(number.text()));
            case NAME, TEXT, SIGN, END ->
                throw new Fault(number.at(), "a number is expected after '-'; conditions do not calculate");
        };
    }

    Many list(int at) {
        return new Many(at, until("]"));
    }

    /** Expressions with commas between them, up to that sign. */
    List<Expression> until(String end) {
        List<Expression> elements = new ArrayList<>();
        while (!peek().isSign(end)) {
            if (!elements.isEmpty()) {
                expect(",");
            }
            elements.add(expression());
        }
        take();
        return elements;
    }

    Token peek() {
        return tokens.get(next);
    }

    Token take() {
        Token token = tokens.get(next);
        if (token.kind() != Kind.END) {
            next++;
        }
        return token;
    }

    void expect(String sign) {
        Token token = take();
        if (!token.isSign(sign)) {
            throw new Fault(token.at(), "'%s' is expected here, found %s".formatted(sign, token.text()));
        }
    }
}
