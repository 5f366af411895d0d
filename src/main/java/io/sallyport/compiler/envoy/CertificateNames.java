package io.sallyport.compiler.envoy;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.Matcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherList;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.FieldMatcher;
import io.envoyproxy.envoy.extensions.matching.common_inputs.ssl.v3.UriSanInput;
import io.sallyport.domain.network.PrincipalPattern;
import io.sallyport.domain.snapshot.SourceClass;
import java.util.Collection;

/**
 * Sources by the one URI in their certificates (SPIFFE, X509-SVID, section 2). For listeners where all show one:
 * elsewhere its absence would end the evaluation of a whole list.
 */
final class CertificateNames {
    /** Several URIs come as one text, with commas between them. */
    static final TypedExtensionConfig URI = Predicates.extension("uri", UriSanInput.getDefaultInstance());

    private static final String SPIFFE = "spiffe://";
    private static final String SPIFFE_ID = "spiffe://[a-z0-9._-]+(/[a-zA-Z0-9._-]+)*";

    private CertificateNames() {}

    // What is no SPIFFE ID is nobody.
    static Matcher matcher(Collection<SourceClass> classes) {
        FieldMatcher known = FieldMatcher.newBuilder()
                .setPredicate(Predicates.value(URI, Predicates.pattern(SPIFFE_ID)))
                .setOnMatch(names(classes).stampingBy(URI))
                .build();
        return Matcher.newBuilder()
                .setMatcherList(MatcherList.newBuilder().addMatchers(known))
                .setOnNoMatch(SourceStamp.IDENTITIES.onNoClass())
                .build();
    }

    private static NameClasses names(Collection<SourceClass> classes) {
        var names = new NameClasses();
        for (SourceClass one : classes) {
            one.identities().principals().stream()
                    .filter(PrincipalPattern::isOfCertificates)
                    .forEach(pattern -> add(names, pattern, one.id()));
        }
        return names;
    }

    private static void add(NameClasses names, PrincipalPattern pattern, String id) {
        if (pattern.equals(PrincipalPattern.ANY)) {
            names.addBeginning(SPIFFE, id);
        } else if (pattern.isPrefix()) {
            names.addBeginning(pattern.prefix(), id);
        } else {
            names.addWhole(pattern.value(), id);
        }
    }
}
