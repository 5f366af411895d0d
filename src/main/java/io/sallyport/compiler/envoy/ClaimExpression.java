package io.sallyport.compiler.envoy;

import dev.cel.expr.Expr;
import dev.cel.expr.ParsedExpr;
import io.sallyport.compiler.cel.Operator;
import io.sallyport.domain.security.AuthorizationRule.Claim;
import java.util.ArrayList;
import java.util.List;

/**
 * Whether a claim of the token is one of some texts, or a list that holds one of them. Not where it is not there; where it
 * is something else, that cannot be told.
 */
final class ClaimExpression {
    private final ParsedCel cel = new ParsedCel();
    private final Claim claim;

    private ClaimExpression(Claim claim) {
        this.claim = claim;
    }

    static ParsedExpr holds(Claim claim) {
        return ParsedCel.parsed(new ClaimExpression(claim).whole());
    }

    static ParsedExpr doesNotHold(Claim claim) {
        var expression = new ClaimExpression(claim);
        return ParsedCel.parsed(expression.cel.call(Operator.NOT.treeName(), expression.whole()));
    }

    private Expr whole() {
        return choice(isThere(), choice(is("string"), isOneOf(), choice(is("list"), holdsOne(), nothingKnown())), no());
    }

    private Expr choice(Expr condition, Expr yes, Expr no) {
        return cel.call(Operator.CHOICE.treeName(), condition, yes, no);
    }

    // Nothing may be asked of what is not there, from the outermost inwards.
    private Expr isThere() {
        List<String> path = path();
        Expr there = names(path.getFirst(), 0);
        for (int depth = 1; depth < path.size(); depth++) {
            there = cel.call(Operator.BOTH.treeName(), there, names(path.get(depth), depth));
        }
        return there;
    }

    private Expr names(String name, int depth) {
        return cel.call(Operator.AMONG.treeName(), cel.text(name), value(depth));
    }

    private Expr is(String type) {
        return cel.call(Operator.EQUAL.treeName(), cel.call("type", value()), cel.identifier(type));
    }

    private Expr isOneOf() {
        return cel.call(
                Operator.AMONG.treeName(),
                value(),
                cel.list(claim.values().stream().map(cel::text).toList()));
    }

    private Expr holdsOne() {
        return claim.values().stream()
                .map(text -> cel.call(Operator.AMONG.treeName(), cel.text(text), value()))
                .reduce((left, right) -> cel.call(Operator.EITHER.treeName(), left, right))
                .orElseThrow();
    }

    private Expr nothingKnown() {
        return cel.call(Operator.EQUAL.treeName(), cel.call("int", cel.text("")), cel.call("int", cel.text("0")));
    }

    private Expr no() {
        return cel.constant(
                dev.cel.expr.Constant.newBuilder().setBoolValue(false).build());
    }

    private Expr value() {
        return value(path().size());
    }

    /** What is under so many of the names. */
    private Expr value(int depth) {
        Expr value = cel.attribute("metadata", "filter_metadata");
        for (String name : path().subList(0, depth)) {
            value = cel.call(Operator.ITEM.treeName(), value, cel.text(name));
        }
        return value;
    }

    private List<String> path() {
        List<String> path = new ArrayList<>(List.of(TokenTable.FILTER, TokenTable.CLAIMS));
        path.addAll(claim.path());
        return path;
    }
}
