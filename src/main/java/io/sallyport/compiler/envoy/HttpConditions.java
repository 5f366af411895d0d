package io.sallyport.compiler.envoy;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.CelMatcher;
import com.github.xds.type.matcher.v3.HttpAttributesCelMatchInput;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate;
import com.github.xds.type.matcher.v3.StringMatcher;
import com.github.xds.type.v3.CelExpression;
import dev.cel.expr.ParsedExpr;
import io.sallyport.domain.rule.Validity;
import java.util.List;

/** An HTTP listener knows a source by the classes in the header, and the time of every request. */
final class HttpConditions implements RuleList.Conditions {
    private static final TypedExtensionConfig SOURCES = Predicates.header(Headers.SOURCES);
    private static final TypedExtensionConfig ATTRIBUTES =
            Predicates.extension("attributes", HttpAttributesCelMatchInput.getDefaultInstance());

    @Override
    public Predicate isOneOf(List<String> classes) {
        return Predicates.or(classes.stream()
                .map(id -> Predicates.value(SOURCES, StringMatcher.newBuilder().setContains("|" + id + "|")))
                .toList());
    }

    @Override
    public Predicate holds(Validity validity) {
        return evaluatesToTrue(TimeExpression.holds(validity));
    }

    // An expression that cannot be evaluated does not match; negated twice, a failure denies.
    @Override
    public Predicate holdsUnlessKnownNotTo(Validity validity) {
        return Predicates.not(evaluatesToTrue(TimeExpression.doesNotHold(validity)));
    }

    private static Predicate evaluatesToTrue(ParsedExpr expression) {
        CelMatcher matcher = CelMatcher.newBuilder()
                .setExprMatch(CelExpression.newBuilder().setCelExprParsed(expression))
                .build();
        return Predicates.custom(ATTRIBUTES, Predicates.extension("cel", matcher));
    }
}
