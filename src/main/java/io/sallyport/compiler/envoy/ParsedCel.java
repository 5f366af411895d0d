package io.sallyport.compiler.envoy;

import dev.cel.expr.Constant;
import dev.cel.expr.Expr;
import dev.cel.expr.ParsedExpr;
import java.util.List;

/** Writes CEL as a syntax tree, since matchers take no text. One for each expression: it counts the nodes. */
final class ParsedCel {
    private long lastId;

    /** {@code object.field} */
    Expr attribute(String object, String field) {
        return node().setSelectExpr(
                        Expr.Select.newBuilder().setOperand(identifier(object)).setField(field))
                .build();
    }

    /** {@code of.field} */
    Expr field(Expr of, String field) {
        return node().setSelectExpr(Expr.Select.newBuilder().setOperand(of).setField(field))
                .build();
    }

    /** {@code has(of.field)} */
    Expr hasField(Expr of, String field) {
        return node().setSelectExpr(
                        Expr.Select.newBuilder().setOperand(of).setField(field).setTestOnly(true))
                .build();
    }

    Expr text(String value) {
        return constant(Constant.newBuilder().setStringValue(value).build());
    }

    Expr constant(Constant value) {
        return node().setConstExpr(value).build();
    }

    Expr list(List<Expr> elements) {
        return node().setListExpr(Expr.CreateList.newBuilder().addAllElements(elements))
                .build();
    }

    /** Operators are functions too: {@code _==_}. */
    Expr call(String function, Expr... arguments) {
        return node().setCallExpr(Expr.Call.newBuilder().setFunction(function).addAllArgs(List.of(arguments)))
                .build();
    }

    /** {@code target.function(arguments)} */
    Expr callOn(Expr target, String function, Expr... arguments) {
        return node().setCallExpr(Expr.Call.newBuilder()
                        .setTarget(target)
                        .setFunction(function)
                        .addAllArgs(List.of(arguments)))
                .build();
    }

    Expr identifier(String name) {
        return node().setIdentExpr(Expr.Ident.newBuilder().setName(name)).build();
    }

    static ParsedExpr parsed(Expr expression) {
        return ParsedExpr.newBuilder().setExpr(expression).build();
    }

    private Expr.Builder node() {
        lastId++;
        return Expr.newBuilder().setId(lastId);
    }
}
