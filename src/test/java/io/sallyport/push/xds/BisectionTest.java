package io.sallyport.push.xds;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BisectionTest {
    private int questions;

    /** Asks until it is over, of someone who refuses whatever holds one of these. */
    private Bisection<Integer> asked(List<Integer> widening, List<Integer> tightening, Set<Integer> bad) {
        Bisection<Integer> bisection = new Bisection<>(widening, tightening);
        while (!bisection.isOver()) {
            questions++;
            if (bisection.held().containsAll(bad)) {
                bisection.accepted();
            } else {
                bisection.refused();
            }
        }
        return bisection;
    }

    private static List<Integer> numbers(int from, int to) {
        return IntStream.range(from, to).boxed().toList();
    }

    @Test
    void aLoneSuspectIsGuiltyWithoutAQuestion() {
        Bisection<Integer> bisection = asked(List.of(7), List.of(), Set.of(7));

        assertThat(bisection.guilty()).containsExactly(7);
        assertThat(bisection.held()).containsExactly(7);
        assertThat(questions).isZero();
    }

    @Test
    void whatTightensIsLetThroughFirst() {
        Bisection<Integer> bisection = new Bisection<>(List.of(1, 2), List.of(8, 9));

        assertThat(bisection.held()).containsExactly(1, 2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 64, 1000})
    void oneGuiltyIsFoundByAFewQuestions(int size) {
        for (int guilty = 0; guilty < size; guilty += 1 + size / 50) {
            questions = 0;

            Bisection<Integer> bisection = asked(numbers(0, size), List.of(), Set.of(guilty));

            assertThat(bisection.guilty()).containsExactly(guilty);
            assertThat(bisection.held()).containsExactly(guilty);
            assertThat(questions).isLessThanOrEqualTo(2 + 2 * (32 - Integer.numberOfLeadingZeros(size)));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void severalGuiltyAreAllFoundAndNobodyElse(long seed) {
        java.util.Random chance = new java.util.Random(seed);
        List<Integer> all = new java.util.ArrayList<>(numbers(0, 40));
        Collections.shuffle(all, chance);
        int tightening = chance.nextInt(40);
        Set<Integer> bad = new TreeSet<>(all.subList(0, 1 + chance.nextInt(5)));
        Collections.shuffle(all, chance);

        Bisection<Integer> bisection = asked(all.subList(tightening, 40), all.subList(0, tightening), bad);

        assertThat(bisection.guilty()).isEqualTo(bad);
        assertThat(bisection.held()).isEqualTo(bad);
    }

    @Test
    void wherePartsThatAreNoSuspectsAreRefusedItEndsInVain() {
        Bisection<Integer> bisection = asked(List.of(1, 2), List.of(3), Set.of(99));

        assertThat(bisection.isInVain()).isTrue();
        assertThat(bisection.guilty()).isEmpty();
    }

    @Test
    void whoeverIsNotClearedInTimeIsHeld() {
        Bisection<Integer> bisection = asked(numbers(0, 300), List.of(), new TreeSet<>(numbers(0, 300)));

        assertThat(bisection.guilty()).hasSize(300);
        assertThat(questions).isLessThan(210);
    }
}
