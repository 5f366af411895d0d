package io.sallyport.compiler.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.network.Cidr;
import io.sallyport.domain.snapshot.IdentitySet;
import io.sallyport.domain.snapshot.SourceClass;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SourceRangesTest {

    @Test
    void anInnerRangeHasTheClassesOfAllAroundIt() {
        assertThat(ranges(
                        of("all", "0.0.0.0/0", "::/0"),
                        of("ten", "10.0.0.0/8"),
                        of("one", "10.1.0.0/16", "11.0.0.0/8"),
                        of("six", "fc00::/7")))
                .isEqualTo(new TreeMap<>(Map.of(
                        "0.0.0.0/0", "all",
                        "10.0.0.0/8", "all|ten",
                        "10.1.0.0/16", "all|one|ten",
                        "11.0.0.0/8", "all|one",
                        "::/0", "all",
                        "fc00::/7", "all|six")));
    }

    @Test
    void addressesAboveTheMiddleAreStillInside() {
        assertThat(ranges(of("outer", "128.0.0.0/1"), of("inner", "192.168.0.0/16")))
                .containsEntry("192.168.0.0/16", "inner|outer");
    }

    @Test
    void theSameRangeInTwoClassesIsOneEntry() {
        assertThat(ranges(of("b", "10.0.0.0/8"), of("a", "10.0.0.0/8"))).containsOnly(Map.entry("10.0.0.0/8", "a|b"));
    }

    private static SourceClass of(String id, String... ranges) {
        return new SourceClass(
                id,
                new IdentitySet(
                        false, List.of(), Stream.of(ranges).map(Cidr::parse).toList()),
                List.of());
    }

    private static SortedMap<String, String> ranges(SourceClass... classes) {
        SortedMap<String, String> byRange = new TreeMap<>();
        SourceRanges.of(List.of(classes), one -> one.identities().ranges())
                .forEach(
                        (ids, ranges) -> ranges.forEach(range -> byRange.put(range.toString(), String.join("|", ids))));
        return byRange;
    }
}
