package io.sallyport.domain.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ThreeWayMergeTest {

    @Test
    void whatOnlyOneChangedIsTakenFromHim() {
        var outcome = ThreeWayMerge.of(
                Map.of("a", 1, "b", 1, "c", 1), Map.of("a", 2, "b", 1, "c", 1), Map.of("a", 1, "b", 2, "new", 3));

        assertThat(outcome.conflicts()).isEmpty();
        assertThat(outcome.merged()).isEqualTo(Map.of("a", 2, "b", 2, "new", 3));
    }

    @Test
    void whatBothChangedAlikeIsNoConflict() {
        var outcome = ThreeWayMerge.of(Map.of("a", 1), Map.of("a", 2), Map.of("a", 2));

        assertThat(outcome.conflicts()).isEmpty();
        assertThat(outcome.merged()).isEqualTo(Map.of("a", 2));
    }

    @Test
    void whatBothChangedOtherwiseIsNamed() {
        var outcome = ThreeWayMerge.of(
                Map.of("spec", Map.of("priority", 1)),
                Map.of("spec", Map.of("priority", 2)),
                Map.of("spec", Map.of("priority", 3)));

        assertThat(outcome.conflicts())
                .containsExactly(new FieldConflict("/spec/priority", List.of(1), List.of(2), List.of(3)));
        assertThat(outcome.merged()).isEqualTo(Map.of("spec", Map.of("priority", 2)));
    }

    @Test
    void takingAwayWhatAnotherChangedIsAConflict() {
        var outcome = ThreeWayMerge.of(Map.of("a", 1), Map.of(), Map.of("a", 2));

        assertThat(outcome.conflicts()).containsExactly(new FieldConflict("/a", List.of(1), List.of(), List.of(2)));
    }

    @Test
    void namedItemsAreJoinedOneByOne() {
        var outcome = ThreeWayMerge.of(
                Map.of("listeners", List.of(listener("a", 1), listener("b", 1))),
                Map.of("listeners", List.of(listener("a", 2), listener("b", 1))),
                Map.of("listeners", List.of(listener("a", 1), listener("b", 1), listener("c", 1))));

        assertThat(outcome.conflicts()).isEmpty();
        assertThat(outcome.merged())
                .isEqualTo(Map.of("listeners", List.of(listener("a", 2), listener("b", 1), listener("c", 1))));
    }

    @Test
    void listsWithoutNamesAreOneField() {
        var outcome = ThreeWayMerge.of(
                Map.of("hosts", List.of("a")), Map.of("hosts", List.of("a", "b")), Map.of("hosts", List.of("a", "c")));

        assertThat(outcome.conflicts()).extracting(FieldConflict::pointer).containsExactly("/hosts");
    }

    private static Map<String, ?> listener(String name, int port) {
        return Map.of("name", name, "port", port);
    }
}
