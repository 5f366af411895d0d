package io.sallyport.domain.diff;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class TextDiffTest {

    @Test
    void equalTextsDifferInNothing() {
        assertThat(TextDiff.between(List.of("a", "b"), List.of("a", "b"))).isEmpty();
    }

    @Test
    void whatChangedStandsAmongThreeLinesOfContext() {
        List<String> before = lines(10);
        List<String> after =
                lines(10).stream().map(line -> line.equals("5") ? "five" : line).toList();

        assertThat(TextDiff.between(before, after))
                .containsExactly("@@ -3,7 +3,7 @@", " 2", " 3", " 4", "-5", "+five", " 6", " 7", " 8");
    }

    @Test
    void farChangesAreHunksOfTheirOwn() {
        List<String> before = lines(30);
        List<String> after = before.stream()
                .filter(line -> !line.equals("2") && !line.equals("25"))
                .toList();

        assertThat(TextDiff.between(before, after))
                .containsExactly(
                        "@@ -1,6 +1,5 @@",
                        " 0",
                        " 1",
                        "-2",
                        " 3",
                        " 4",
                        " 5",
                        "@@ -23,7 +22,6 @@",
                        " 22",
                        " 23",
                        " 24",
                        "-25",
                        " 26",
                        " 27",
                        " 28");
    }

    @Test
    void aTreeIsALineForEachValue() {
        Object tree = Map.of(
                "b", List.of(Map.of("x", 1, "y", List.of()), "text"),
                "a", Map.of("deep", true));

        assertThat(TreeText.of(tree)).containsExactly("a:", "  deep: true", "b:", "  - x: 1", "    y: []", "  - text");
    }

    private static List<String> lines(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }
}
