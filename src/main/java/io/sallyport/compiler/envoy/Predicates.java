package io.sallyport.compiler.envoy;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate.PredicateList;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate.SinglePredicate;
import com.github.xds.type.matcher.v3.StringMatcher;
import com.google.protobuf.Message;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.FilterStateInput;
import io.envoyproxy.envoy.type.matcher.v3.HttpRequestHeaderMatchInput;
import java.util.List;

/** The words that matchers are made of. */
final class Predicates {
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
