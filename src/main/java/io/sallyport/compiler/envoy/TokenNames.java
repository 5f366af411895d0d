package io.sallyport.compiler.envoy;

import com.github.xds.core.v3.TypedExtensionConfig;
import com.github.xds.type.matcher.v3.Matcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherList;
import com.github.xds.type.matcher.v3.Matcher.MatcherList.FieldMatcher;
import com.github.xds.type.matcher.v3.Matcher.MatcherTree;
import com.github.xds.type.matcher.v3.Matcher.MatcherTree.MatchMap;
import io.sallyport.domain.network.PrincipalPattern;
import io.sallyport.domain.security.JwtProvider;
import io.sallyport.domain.snapshot.SourceClass;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Sources by the issuer and the subject of the token that they carry; by something else where they carry none. */
final class TokenNames {
    private static final TypedExtensionConfig ISSUER = Predicates.header(Headers.ISSUER);
    private static final TypedExtensionConfig SUBJECT = Predicates.header(Headers.SUBJECT);

    private TokenNames() {}

    static Matcher matcher(List<JwtProvider> providers, Collection<SourceClass> classes, Matcher withoutToken) {
        if (providers.isEmpty()) {
            return withoutToken;
        }
        SortedMap<String, Matcher.OnMatch> issuers = new TreeMap<>();
        providers.forEach(provider -> issuers.put(provider.issuer(), subjects(provider.issuer(), classes)));
        return Matcher.newBuilder()
                .setMatcherTree(MatcherTree.newBuilder()
                        .setInput(ISSUER)
                        .setExactMatchMap(MatchMap.newBuilder().putAllMap(issuers)))
                .setOnNoMatch(Matcher.OnMatch.newBuilder().setMatcher(ofOtherIssuers(withoutToken)))
                .build();
    }

    // Between two updates, whoever has a token of an issuer that is no longer ours is nobody.
    private static Matcher ofOtherIssuers(Matcher withoutToken) {
        FieldMatcher proven = FieldMatcher.newBuilder()
                .setPredicate(Predicates.value(ISSUER, Predicates.pattern(".+")))
                .setOnMatch(SourceStamp.IDENTITIES.onNoClass())
                .build();
        return Matcher.newBuilder()
                .setMatcherList(MatcherList.newBuilder().addMatchers(proven))
                .setOnNoMatch(Matcher.OnMatch.newBuilder().setMatcher(withoutToken))
                .build();
    }

    // A token that names nobody proves nobody.
    private static Matcher.OnMatch subjects(String issuer, Collection<SourceClass> classes) {
        FieldMatcher named = FieldMatcher.newBuilder()
                .setPredicate(Predicates.value(SUBJECT, Predicates.pattern(".+")))
                .setOnMatch(names(issuer + "/", classes).stampingBy(SUBJECT))
                .build();
        return Matcher.OnMatch.newBuilder()
                .setMatcher(Matcher.newBuilder()
                        .setMatcherList(MatcherList.newBuilder().addMatchers(named))
                        .setOnNoMatch(SourceStamp.IDENTITIES.onNoClass()))
                .build();
    }

    private static NameClasses names(String issuer, Collection<SourceClass> classes) {
        var names = new NameClasses();
        for (SourceClass one : classes) {
            one.identities().principals().stream()
                    .filter(PrincipalPattern::isOfTokens)
                    .forEach(pattern -> add(names, pattern, issuer, one.id()));
        }
        return names;
    }

    // A pattern is compared with issuer/subject as one text, so it may end within the issuer.
    private static void add(NameClasses names, PrincipalPattern pattern, String issuer, String id) {
        String text = pattern.prefix();
        if (text.startsWith(issuer)) {
            String subject = text.substring(issuer.length());
            if (pattern.isPrefix()) {
                names.addBeginning(subject, id);
            } else {
                names.addWhole(subject, id);
            }
        } else if (pattern.isPrefix() && issuer.startsWith(text)) {
            names.addBeginning("", id);
        }
    }
}
