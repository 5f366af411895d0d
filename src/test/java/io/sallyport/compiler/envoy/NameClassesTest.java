package io.sallyport.compiler.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.xds.type.matcher.v3.Matcher;
import org.junit.jupiter.api.Test;

class NameClassesTest {
    private final NameClasses names = new NameClasses();

    @Test
    void aNameHasTheClassesOfAllThatItBeginsWith() {
        names.addBeginning("spiffe://a/", "all");
        names.addBeginning("spiffe://a/ns/", "ns");
        names.addBeginning("spiffe://b/", "other");
        names.addWhole("spiffe://a/ns/x", "one");
        names.addWhole("spiffe://a/y", "two");

        assertThat(stamped("spiffe://a/ns/x")).isEqualTo("|all|ns|one|");
        assertThat(stamped("spiffe://a/y")).isEqualTo("|all|two|");
        assertThat(stampedBeginning("spiffe://a/ns/")).isEqualTo("|all|ns|");
        assertThat(stampedBeginning("spiffe://a/")).isEqualTo("|all|");
        assertThat(stampedBeginning("spiffe://b/")).isEqualTo("|other|");
    }

    @Test
    void aBeginningIsItselfANameThatBeginsSo() {
        names.addBeginning("checkout", "prefix");
        names.addWhole("checkout", "whole");

        assertThat(stamped("checkout")).isEqualTo("|prefix|whole|");
    }

    @Test
    void whateverBeginsWithNothingHasTheClassesOfAll() {
        names.addBeginning("", "any");
        names.addBeginning("a", "a");
        names.addWhole("b", "b");

        assertThat(stampedBeginning("a")).isEqualTo("|a|any|");
        assertThat(stamped("b")).isEqualTo("|any|b|");
        assertThat(stamp(otherwise(matcher()).getOnNoMatch())).isEqualTo("|any|");
    }

    @Test
    void whoIsNotMentionedIsInNoClass() {
        assertThat(stamp(names.stampingBy(CertificateNames.URI))).isEqualTo("|");
    }

    private Matcher matcher() {
        return names.stampingBy(CertificateNames.URI).getMatcher();
    }

    private String stamped(String name) {
        return stamp(matcher().getMatcherTree().getExactMatchMap().getMapOrThrow(name));
    }

    private String stampedBeginning(String text) {
        Matcher matcher = matcher().getMatcherTree().hasPrefixMatchMap()
                ? matcher()
                : matcher().getOnNoMatch().getMatcher();
        return stamp(matcher.getMatcherTree().getPrefixMatchMap().getMapOrThrow(text));
    }

    private static Matcher otherwise(Matcher matcher) {
        return matcher.getOnNoMatch().getMatcher();
    }

    private static String stamp(Matcher.OnMatch onMatch) {
        String tree = MessageTree.of(onMatch).toString();
        int start = tree.indexOf("value=|") + "value=".length();
        return tree.substring(start, tree.indexOf('}', start));
    }
}
