package io.sallyport.compiler.envoy;

import dev.cel.expr.Constant;
import dev.cel.expr.Expr;
import dev.cel.expr.ParsedExpr;
import io.sallyport.compiler.cel.Attribute;
import io.sallyport.compiler.cel.Expression;
import io.sallyport.compiler.cel.Operator;
import java.util.List;

/** Conditions of policies as syntax trees that Envoy evaluates. One for each condition: it counts the nodes. */
final class CelSyntax {
    private final ParsedCel cel = new ParsedCel();

    private CelSyntax() {}

    static ParsedExpr of(Expression condition) {
        return ParsedCel.parsed(new CelSyntax().tree(condition));
    }

    static ParsedExpr not(Expression condition) {
        var syntax = new CelSyntax();
        return ParsedCel.parsed(syntax.cel.call(Operator.NOT.treeName(), syntax.tree(condition)));
    }

    private Expr tree(Expression expression) {
        return switch (expression) {
            case Expression.Constant constant -> cel.constant(constant(constant.value()));
            case Expression.Known known -> attribute(known.attribute());
            case Expression.Field field ->
                field.isTested()
                        ? cel.hasField(tree(field.of()), field.name())
                        : cel.field(tree(field.of()), field.name());
            case Expression.Many many -> cel.list(trees(many.elements()));
            case Expression.Operation operation ->
                cel.call(
                        operation.operator().treeName(),
                        trees(operation.operands()).toArray(Expr[]::new));
            case Expression.Call call -> call(call);
        };
    }

    private List<Expr> trees(List<Expression> expressions) {
        return expressions.stream().map(this::tree).toList();
    }

    private Expr call(Expression.Call call) {
        List<Expr> operands = trees(call.operands());
        String word = call.function().word();
        return call.function().isMethod()
                ? cel.callOn(
                        operands.getFirst(),
                        word,
                        operands.subList(1, operands.size()).toArray(Expr[]::new))
                : cel.call(word, operands.toArray(Expr[]::new));
    }

    // There is nothing under the name of the filter where no token came.
    private Expr attribute(Attribute attribute) {
        if (attribute != Attribute.CLAIMS) {
            return cel.attribute(attribute.object(), attribute.field());
        }
        Expr filters = cel.attribute("metadata", "filter_metadata");
        Expr filter = cel.call(Operator.ITEM.treeName(), filters, cel.text(TokenTable.FILTER));
        return cel.call(Operator.ITEM.treeName(), filter, cel.text(TokenTable.CLAIMS));
    }

    private static Constant constant(Object value) {
        return switch (value) {
            case Boolean truth -> Constant.newBuilder().setBoolValue(truth).build();
            case Long number -> Constant.newBuilder().setInt64Value(number).build();
            case Double number -> Constant.newBuilder().setDoubleValue(number).build();
            default -> Constant.newBuilder().setStringValue(value.toString()).build();
        };
    }
}
