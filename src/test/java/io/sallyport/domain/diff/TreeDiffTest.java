package io.sallyport.domain.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.SecretText;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class TreeDiffTest {

    @Test
    void whatSaysTheSameDiffersInNothing() {
        Map<String, ?> document = Map.of("spec", Map.of("hosts", List.of("a", "b")));

        assertThat(TreeDiff.between(document, document)).isEmpty();
    }

    @Test
    void aFieldIsNamedAsDeepDownAsItChanged() {
        Map<String, ?> before = Map.of("spec", Map.of("priority", 10, "action", "Allow"));
        Map<String, ?> after = Map.of("spec", Map.of("priority", 20, "action", "Allow"));

        assertThat(TreeDiff.between(before, after))
                .containsExactly(new FieldChange("/spec/priority", List.of(10), List.of(20)));
    }

    @Test
    void whatComesAndWhatGoesHasOneSideOnly() {
        Map<String, ?> before = Map.of("gone", 1);
        Map<String, ?> after = Map.of("new", Map.of("deep", 2));

        assertThat(TreeDiff.between(before, after))
                .containsExactly(
                        new FieldChange("/gone", List.of(1), List.of()),
                        new FieldChange("/new", List.of(), List.of(Map.of("deep", 2))));
    }

    @Test
    void itemsAreKnownAgainByTheirName() {
        Map<String, ?> before = Map.of("listeners", List.of(listener("http", 80), listener("tls", 443)));
        Map<String, ?> after =
                Map.of("listeners", List.of(listener("new", 1), listener("http", 81), listener("tls", 443)));

        assertThat(TreeDiff.between(before, after))
                .containsExactly(
                        new FieldChange("/listeners/0", List.of(), List.of(listener("new", 1))),
                        new FieldChange("/listeners/1/port", List.of(80), List.of(81)));
    }

    @Test
    void namedItemsInAnotherOrderAreAnotherList() {
        List<?> before = List.of(listener("a", 1), listener("b", 2));
        List<?> after = before.reversed();

        assertThat(TreeDiff.between(Map.of("list", before), Map.of("list", after)))
                .containsExactly(new FieldChange("/list", List.of(before), List.of(after)));
    }

    @Test
    void ofNamelessItemsThoseThatStayAreNotNamed() {
        Map<String, ?> before = Map.of("hosts", List.of("a", "b", "c", "d"));
        Map<String, ?> after = Map.of("hosts", List.of("b", "x", "d", "e"));

        assertThat(TreeDiff.between(before, after))
                .containsExactly(
                        new FieldChange("/hosts/0", List.of("a"), List.of()),
                        new FieldChange("/hosts/1", List.of("c"), List.of("x")),
                        new FieldChange("/hosts/3", List.of(), List.of("e")));
    }

    @Test
    void anEntryThatWasEditedIsLookedInto() {
        Map<String, ?> before = Map.of("from", List.of(Map.of("principals", List.of("a"), "ipBlocks", List.of("b"))));
        Map<String, ?> after = Map.of("from", List.of(Map.of("principals", List.of("c"), "ipBlocks", List.of("b"))));

        assertThat(TreeDiff.between(before, after))
                .containsExactly(new FieldChange("/from/0/principals/0", List.of("a"), List.of("c")));
    }

    @Test
    void pointersAreEscaped() {
        assertThat(TreeDiff.between(Map.of(), Map.of("a/b~c", 1)))
                .containsExactly(new FieldChange("/a~1b~0c", List.of(), List.of(1)));
    }

    @Test
    void aSecretIsComparedAndNotPrinted() {
        List<FieldChange> changes =
                TreeDiff.between(Map.of("token", new SecretText("old")), Map.of("token", new SecretText("new")));

        assertThat(changes).hasSize(1);
        assertThat(changes.toString())
                .doesNotContain("old")
                .doesNotContain("new")
                .contains("[redacted]");
    }

    private static Map<String, ?> listener(String name, int port) {
        return Map.of("name", name, "port", port);
    }
}
