package io.sallyport.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.local.conformance.Claim;
import io.sallyport.local.conformance.OwnServer;
import io.sallyport.local.conformance.Page;
import io.sallyport.local.conformance.Suite;
import io.sallyport.local.conformance.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What {@code ./sallyport trial xds} tries, at our own server; the page says what came of it. */
class XdsConformanceTest {
    private static final Duration PATIENCE = Duration.ofMinutes(1);
    private static final Path PAGE = Path.of("docs", "conformance.md");

    @Test
    void everyClaimHoldsAndThePageSaysSo() {
        Map<Claim, Verdict> verdicts = verdicts();

        assertThat(verdicts)
                .allSatisfy((claim, verdict) ->
                        assertThat(verdict).as(claim.toString()).isEqualTo(new Verdict.Holds()));
        assertThat(new Page(PAGE).lines().stream().map(line -> line.subList(0, 4)))
                .containsExactlyElementsOf(verdicts.entrySet().stream()
                        .map(XdsConformanceTest::line)
                        .toList());
    }

    private static Map<Claim, Verdict> verdicts() {
        try (OwnServer server = new OwnServer(PATIENCE)) {
            return Suite.run(server);
        }
    }

    private static List<String> line(Map.Entry<Claim, Verdict> tried) {
        Claim claim = tried.getKey();
        return List.of(
                claim.manner().words(),
                claim.text(),
                claim.section(),
                tried.getValue().word());
    }
}
