package io.sallyport.compiler.envoy;

import com.google.api.expr.v1alpha1.Constant;
import com.google.api.expr.v1alpha1.Expr;
import java.util.List;

/** CEL as the syntax tree that access control takes as a condition, which takes no text. */
final class Cel {
    private Cel() {}

    static Expr name(String name) {
        return Expr.newBuilder()
                .setIdentExpr(Expr.Ident.newBuilder().setName(name))
                .build();
    }

    static Expr text(String value) {
        return Expr.newBuilder()
                .setConstExpr(Constant.newBuilder().setStringValue(value))
                .build();
    }

    static Expr field(Expr of, String name) {
        return Expr.newBuilder()
                .setSelectExpr(Expr.Select.newBuilder().setOperand(of).setField(name))
                .build();
    }

    static Expr call(String function, Expr... arguments) {
        return Expr.newBuilder()
                .setCallExpr(Expr.Call.newBuilder().setFunction(function).addAllArgs(List.of(arguments)))
                .build();
    }

    static Expr method(Expr of, String function, Expr... arguments) {
        return Expr.newBuilder()
                .setCallExpr(Expr.Call.newBuilder()
                        .setTarget(of)
                        .setFunction(function)
                        .addAllArgs(List.of(arguments)))
                .build();
    }
}
