package io.sallyport.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import io.sallyport.local.differential.DifferentialTrial;
import io.sallyport.testkit.RequiresEnvoy;
import org.junit.jupiter.api.Test;

/** The large one is {@code ./sallyport trial differential}. */
@RequiresEnvoy
class DifferentialIT {
    private static final int PAIRS = 600;
    private static final long SEED = 1;

    @Test
    void envoyDecidesWhatTheEvaluatorSays() {
        DifferentialTrial.Result result = new DifferentialTrial(PAIRS, SEED).run();

        assertThat(result.disagreements()).isEmpty();
        assertThat(result.rejections()).isZero();
        assertThat(result.pairs()).isEqualTo(PAIRS);
    }
}
