package io.sallyport.local.differential;

import io.sallyport.local.CommandException;
import io.sallyport.local.EnvoyBinary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Random states and requests by a seed, decided by a real Envoy and by the evaluator. */
public final class DifferentialTrial {
    private static final int PAIRS_OF_A_STATE = 400;
    private static final int BUCKETS = 4;

    private final int pairs;
    private final long seed;
    private final List<Disagreement> disagreements = new ArrayList<>();

    public DifferentialTrial(int pairs, long seed) {
        this.pairs = pairs;
        this.seed = seed;
    }

    /** What came of it, with how many Envoy refused to run. */
    public record Result(int pairs, List<Disagreement> disagreements, long rejections, long seed) {
        public Result {
            disagreements = List.copyOf(disagreements);
        }

        public boolean isFlawless() {
            return disagreements.isEmpty() && rejections == 0;
        }

        @Override
        public String toString() {
            return "pairs=%d disagreements=%d nacks=%d seed=%d"
                    .formatted(pairs, disagreements.size(), rejections, seed);
        }
    }

    /** Throws CommandException where no Envoy can be had. */
    public Result run() {
        EnvoyBinary envoy = EnvoyBinary.findOrInstall()
                .orElseThrow(() -> new CommandException("No Envoy can be had; set ENVOY to one."));
        try (World world = new World(envoy, Files.createTempDirectory("sallyport-differential"))) {
            int done = 0;
            for (long state = 0; done < pairs; state++) {
                int now = Math.min(PAIRS_OF_A_STATE, pairs - done);
                disagreements.addAll(round(world, state, now));
                done += now;
            }
            return new Result(done, disagreements, world.rejections(), seed);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private List<Disagreement> round(World world, long number, int count) {
        Dice dice = Dice.of(seed * 1_000_003 + number);
        TrialState state = RandomPolicy.state(dice, Instant.now(), BUCKETS);
        var attempts = new RandomAttempt(dice);
        return new Round(world, state).run(count, attempts::next);
    }
}
