package io.sallyport.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.local.WrittenHistory.Claim;
import io.sallyport.local.WrittenHistory.Entry;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WrittenHistoryTest {
    private static final Entry A = new Entry(1, "a");
    private static final Entry B = new Entry(2, "b");
    private static final Entry C = new Entry(3, "c");
    private static final List<Claim> TOLD = List.of(told("a", 1), told("b", 2), told("c", 3));

    @Test
    void whatIsAsItWasToldHasNoFault() {
        assertThat(faults(TOLD, C, B, A)).isEmpty();
        assertThat(faults(List.of())).isEmpty();
    }

    @Test
    void whatNobodyAnsweredMayBeThereOrNotButOnce() {
        Claim open = new Claim("d", List.of());

        assertThat(faults(List.of(open), C, B, A)).isEmpty();
        assertThat(faults(List.of(open), new Entry(4, "d"), C, B, A)).isEmpty();
        assertThat(faults(List.of(open), new Entry(5, "d"), new Entry(4, "d"), C, B, A))
                .containsExactly("d is there 2 times: [5, 4]");
    }

    @Test
    void aLostWriteIsFound() {
        assertThat(faults(TOLD, B, A)).containsExactly("c was acknowledged as revision [3] and is at []");
        assertThat(faults(TOLD)).hasSize(3);
    }

    @Test
    void aGapIsFound() {
        assertThat(faults(List.of(told("a", 1), told("c", 3)), C, A)).containsExactly("revision 1 comes before 3");
        assertThat(faults(List.of(), C, B)).containsExactly("the oldest revision is 2");
    }

    @Test
    void whatIsThereTwiceIsFound() {
        assertThat(faults(TOLD, new Entry(4, "b"), C, B, A)).containsExactly("b is there 2 times: [4, 2]");
        assertThat(faults(List.of(), C, B, new Entry(2, "other"), A)).containsExactly("revision 2 comes before 2");
    }

    @Test
    void aWriteThatIsAnotherRevisionThanItWasToldIsFound() {
        assertThat(faults(List.of(told("a", 2), told("b", 1)), B, A))
                .containsExactly(
                        "a was acknowledged as revision [2] and is at [1]",
                        "b was acknowledged as revision [1] and is at [2]");
    }

    @Test
    void aBrokenChainIsTold() {
        assertThat(new WrittenHistory(List.of(A), List.of("broken at 7")).faults(List.of()))
                .containsExactly("broken at 7");
    }

    private static List<String> faults(List<Claim> claims, Entry... newestFirst) {
        return new WrittenHistory(List.of(newestFirst), List.of()).faults(claims);
    }

    private static Claim told(String message, long revision) {
        return new Claim(message, List.of(revision));
    }
}
