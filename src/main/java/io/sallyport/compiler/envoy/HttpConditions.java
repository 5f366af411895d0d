package io.sallyport.compiler.envoy;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate;
import com.github.xds.type.matcher.v3.StringMatcher;
import io.sallyport.domain.rule.Validity;
import java.util.ArrayList;
import java.util.List;

/** A listener that reads HTTP knows a source by the classes in two headers, and the time of every request. */
final class HttpConditions implements RuleList.Conditions {
    private static final TypedExtensionConfig IDENTITIES = Predicates.header(Headers.IDENTITIES);
    private static final TypedExtensionConfig ADDRESSES = Predicates.header(Headers.ADDRESSES);

    private final SourceForms forms;

    HttpConditions(SourceForms forms) {
        this.forms = forms;
    }

    @Override
    public Predicate isOneOf(List<String> classes) {
        return Predicates.or(classes.stream().map(this::is).toList());
    }

    // What a class does not ask for is left out.
    private Predicate is(String id) {
        List<Predicate> parts = new ArrayList<>();
        if (!forms.anyone().contains(id)) {
            parts.add(names(IDENTITIES, id));
        }
        if (forms.addressed().contains(id)) {
            parts.add(names(ADDRESSES, id));
        }
        return parts.isEmpty() ? Predicates.always() : Predicates.and(parts);
    }

    private static Predicate names(TypedExtensionConfig header, String id) {
        return Predicates.value(header, StringMatcher.newBuilder().setContains("|" + id + "|"));
    }

    @Override
    public Predicate holds(Validity validity) {
        return Predicates.evaluatesToTrue(TimeExpression.holds(validity));
    }

    // An expression that cannot be evaluated does not match; negated twice, a failure denies.
    @Override
    public Predicate holdsUnlessKnownNotTo(Validity validity) {
        return Predicates.not(Predicates.evaluatesToTrue(TimeExpression.doesNotHold(validity)));
    }
}
