package io.sallyport.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.local.differential.DifferentialTrial;
import io.sallyport.testkit.RequiresEnvoy;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The large one is {@code ./sallyport trial differential}. */
@RequiresEnvoy
class DifferentialIT {
    private static final int PAIRS = 400;
    private static final long SEED = 1;

    @TempDir
    static Path findings;

    @Test
    void envoyDecidesWhatTheEvaluatorSays() {
        DifferentialTrial.Result result = new DifferentialTrial(PAIRS, SEED).run(findings);

        assertThat(result.disagreements()).isEmpty();
        assertThat(result.rejections()).isZero();
        assertThat(result.pairs()).isEqualTo(PAIRS);
    }

    @Test
    void whatWasOnceDecidedDifferentlyIsDecidedAlike() {
        DifferentialTrial.Result result = DifferentialTrial.replay(Path.of("src", "test", "resources", "differential"));

        assertThat(result.pairs()).isPositive();
        assertThat(result.disagreements()).isEmpty();
        assertThat(result.rejections()).isZero();
    }
}
