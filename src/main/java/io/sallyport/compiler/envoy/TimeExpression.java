package io.sallyport.compiler.envoy;

import dev.cel.expr.Constant;
import dev.cel.expr.Expr;
import dev.cel.expr.ParsedExpr;
import io.sallyport.domain.rule.Validity;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Bounds of validity in CEL: as a syntax tree for matchers, which take no text, and as text for formatters. */
final class TimeExpression {
    private long lastId;

    private TimeExpression() {}

    static ParsedExpr holds(Validity validity) {
        return parsed(new TimeExpression().conjunction(validity));
    }

    static ParsedExpr doesNotHold(Validity validity) {
        var expression = new TimeExpression();
        return parsed(expression.call("!_", List.of(expression.conjunction(validity))));
    }

    static String text(Validity validity) {
        Stream<String> start = Stream.of(validity)
                .filter(Validity::hasStart)
                .map(bounds -> "request.time >= timestamp('%s')".formatted(bounds.notBefore()));
        Stream<String> end = Stream.of(validity)
                .filter(Validity::hasEnd)
                .map(bounds -> "request.time < timestamp('%s')".formatted(bounds.expiresAt()));
        return String.join(" && ", Stream.concat(start, end).toList());
    }

    static boolean isNeededFor(Validity validity) {
        return validity.hasStart() || validity.hasEnd();
    }

    private Expr conjunction(Validity validity) {
        if (!validity.hasStart()) {
            return comparison("_<_", validity.expiresAt());
        }
        Expr start = comparison("_>=_", validity.notBefore());
        return validity.hasEnd() ? call("_&&_", List.of(start, comparison("_<_", validity.expiresAt()))) : start;
    }

    private Expr comparison(String operator, Instant bound) {
        Expr request = expression()
                .setIdentExpr(Expr.Ident.newBuilder().setName("request"))
                .build();
        Expr time = expression()
                .setSelectExpr(Expr.Select.newBuilder().setOperand(request).setField("time"))
                .build();
        Expr text = expression()
                .setConstExpr(Constant.newBuilder().setStringValue(bound.toString()))
                .build();
        return call(operator, List.of(time, call("timestamp", List.of(text))));
    }

    private Expr call(String function, List<Expr> arguments) {
        return expression()
                .setCallExpr(Expr.Call.newBuilder().setFunction(function).addAllArgs(arguments))
                .build();
    }

    private Expr.Builder expression() {
        lastId++;
        return Expr.newBuilder().setId(lastId);
    }

    private static ParsedExpr parsed(Expr expression) {
        return ParsedExpr.newBuilder().setExpr(expression).build();
    }
}
