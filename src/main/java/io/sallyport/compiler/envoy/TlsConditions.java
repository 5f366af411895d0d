package io.sallyport.compiler.envoy;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.Predicate;
import com.github.xds.type.matcher.v3.StringMatcher;
import io.envoyproxy.envoy.extensions.matching.common_inputs.network.v3.SourceIPInput;
import io.envoyproxy.envoy.extensions.matching.input_matchers.ip.v3.Ip;
import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.rule.Validity;
import io.sallyport.domain.snapshot.SourceClass;
import java.util.Collection;
import java.util.List;

/**
 * A TLS listener knows a source by its address, written into each rule, and the time by what the table of moments found
 * when the connection came.
 */
final class TlsConditions implements RuleList.Conditions {
    // The peer's, or the one that the PROXY protocol says.
    private static final TypedExtensionConfig ADDRESS =
            Predicates.extension("source", SourceIPInput.getDefaultInstance());

    private final AddressView addresses;

    TlsConditions(Collection<SourceClass> classes) {
        this.addresses = new AddressView(classes);
    }

    // A matcher has at least one range; where nobody is meant, it is one that nobody comes from.
    @Override
    public Predicate isOneOf(List<String> classes) {
        List<Cidr> members = addresses.of(classes);
        Ip matcher = Ip.newBuilder()
                .setStatPrefix("sources")
                .addAllCidrRanges((members.isEmpty() ? List.of(NOBODY) : members)
                        .stream().map(Addresses::range).toList())
                .build();
        return Predicates.custom(ADDRESS, Predicates.extension("ranges", matcher));
    }

    private static final Cidr NOBODY = Cidr.parse("::/128");

    @Override
    public Predicate holds(Validity validity) {
        return saysOfMoment(validity, "true");
    }

    @Override
    public Predicate holdsUnlessKnownNotTo(Validity validity) {
        return Predicates.not(saysOfMoment(validity, "false"));
    }

    private static Predicate saysOfMoment(Validity validity, String expected) {
        return Predicates.value(
                Predicates.filterState(MomentTable.key(validity)),
                StringMatcher.newBuilder().setExact(expected));
    }
}
