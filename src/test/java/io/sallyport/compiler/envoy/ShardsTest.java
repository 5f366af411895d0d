package io.sallyport.compiler.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.domain.network.HostPattern;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ShardsTest {

    // From the implementation of reference.
    @ParameterizedTest
    @CsvSource({
        "'', ef46db3751d8e999",
        "a, d24ec4f1a98c6e5b",
        "abc, 44bc2cf5ad770999",
        "Nobody inspects the spammish repetition, fbcea83c8a378bf1"
    })
    void hashesAsEnvoyDoes(String text, String hash) {
        assertThat(Long.toHexString(Xxh64.of(text))).isEqualTo(hash);
    }

    @Test
    void onlySuffixesThatNoOtherCoversAreOutermost() {
        assertThat(shards("*.a.test", "*.b.a.test", "x.a.test", "*", "*.b.test").outermost())
                .containsExactly(new HostPattern("*.a.test"), new HostPattern("*.b.test"));
    }

    @Test
    void whatIsBelowASuffixIsInItsPart() {
        Shards shards = shards("*.a.test", "*.b.a.test", "x.a.test", "a.test");
        int part = shards.of(new HostPattern("*.a.test"));

        assertThat(shards.of(new HostPattern("*.b.a.test"))).isEqualTo(part);
        assertThat(shards.of(new HostPattern("x.a.test"))).isEqualTo(part);
        assertThat(shards.of(new HostPattern("a.test"))).isEqualTo(shards().of(new HostPattern("a.test")));
    }

    private static Shards shards(String... hosts) {
        return new Shards(Stream.of(hosts).map(HostPattern::new).toList(), 512);
    }

    @Test
    void thereMayBeButOnePart() {
        assertThat(new Shards(List.of(), 1).of(new HostPattern("a.test"))).isZero();
    }
}
