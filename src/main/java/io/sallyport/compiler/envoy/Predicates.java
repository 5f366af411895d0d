package io.sallyport.compiler.envoy;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.CelMatcher;
import com.github.xds.type.matcher.v3.HttpAttributesCelMatchInput;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate.PredicateList;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate.SinglePredicate;
import com.github.xds.type.matcher.v3.RegexMatcher;
import com.github.xds.type.matcher.v3.StringMatcher;
import com.github.xds.type.v3.CelExpression;
import com.google.protobuf.Message;
import dev.cel.expr.ParsedExpr;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.FilterStateInput;
import io.envoyproxy.envoy.type.matcher.v3.HttpRequestHeaderMatchInput;
import java.util.List;

/** The words that matchers are made of. */
final class Predicates {
    private static final TypedExtensionConfig ATTRIBUTES =
            extension("attributes", HttpAttributesCelMatchInput.getDefaultInstance());

    private Predicates() {}

    static TypedExtensionConfig extension(String name, Message message) {
        return TypedExtensionConfig.newBuilder()
                .setName(name)
                .setTypedConfig(Encoding.any(message))
                .build();
    }

    static TypedExtensionConfig header(String name) {
        return extension(
                "header",
                HttpRequestHeaderMatchInput.newBuilder().setHeaderName(name).build());
    }

    static TypedExtensionConfig filterState(String key) {
        return extension(
                "filter-state", FilterStateInput.newBuilder().setKey(key).build());
    }

    static Predicate value(TypedExtensionConfig input, StringMatcher.Builder expected) {
        return single(SinglePredicate.newBuilder().setInput(input).setValueMatch(expected));
    }

    static Predicate custom(TypedExtensionConfig input, TypedExtensionConfig matcher) {
        return single(SinglePredicate.newBuilder().setInput(input).setCustomMatch(matcher));
    }

    /** A text that a regular expression takes for nothing but itself (RE2 syntax). */
    static String literally(String text) {
        return text.replaceAll("[^A-Za-z0-9/_~-]", "\\\\$0");
    }

    /** Of the whole text, in the syntax of RE2. */
    static StringMatcher.Builder pattern(String regex) {
        return StringMatcher.newBuilder()
                .setSafeRegex(RegexMatcher.newBuilder()
                        .setRegex(regex)
                        .setGoogleRe2(RegexMatcher.GoogleRE2.getDefaultInstance()));
    }

    /** On attributes of an HTTP request; does not match where it cannot be evaluated. */
    static Predicate evaluatesToTrue(ParsedExpr expression) {
        CelMatcher matcher = CelMatcher.newBuilder()
                .setExprMatch(CelExpression.newBuilder().setCelExprParsed(expression))
                .build();
        return custom(ATTRIBUTES, extension("cel", matcher));
    }

    /** Of every HTTP request. */
    static Predicate always() {
        return value(header(":method"), pattern(".*"));
    }

    static Predicate not(Predicate predicate) {
        return Predicate.newBuilder().setNotMatcher(predicate).build();
    }

    /** At least one predicate; evaluated in order until one does not match. */
    static Predicate and(List<Predicate> predicates) {
        if (predicates.size() == 1) {
            return predicates.getFirst();
        }
        return Predicate.newBuilder()
                .setAndMatcher(PredicateList.newBuilder().addAllPredicate(predicates))
                .build();
    }

    /** At least one predicate. */
    static Predicate or(List<Predicate> predicates) {
        if (predicates.size() == 1) {
            return predicates.getFirst();
        }
        return Predicate.newBuilder()
                .setOrMatcher(PredicateList.newBuilder().addAllPredicate(predicates))
                .build();
    }

    private static Predicate single(SinglePredicate.Builder predicate) {
        return Predicate.newBuilder().setSinglePredicate(predicate).build();
    }
}
