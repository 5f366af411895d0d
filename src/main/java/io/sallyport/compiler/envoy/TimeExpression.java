package io.sallyport.compiler.envoy;

import dev.cel.expr.Expr;
import dev.cel.expr.ParsedExpr;
import io.sallyport.domain.rule.Validity;
import java.time.Instant;
import java.util.stream.Stream;

/** Bounds of validity in CEL: as a syntax tree for matchers, which take no text, and as text for formatters. */
final class TimeExpression {
    private final ParsedCel cel = new ParsedCel();

    private TimeExpression() {}

    static ParsedExpr holds(Validity validity) {
        return ParsedCel.parsed(new TimeExpression().conjunction(validity));
    }

    static ParsedExpr doesNotHold(Validity validity) {
        var expression = new TimeExpression();
        return ParsedCel.parsed(expression.cel.call("!_", expression.conjunction(validity)));
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
        return validity.hasEnd() ? cel.call("_&&_", start, comparison("_<_", validity.expiresAt())) : start;
    }

    private Expr comparison(String operator, Instant bound) {
        Expr time = cel.attribute("request", "time");
        return cel.call(operator, time, cel.call("timestamp", cel.text(bound.toString())));
    }
}
