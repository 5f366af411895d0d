package io.sallyport.local.differential;

import io.sallyport.local.CommandException;
import io.sallyport.local.EnvoyBinary;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Random states and requests by a seed, decided by a real Envoy and by the evaluator. */
public final class DifferentialTrial {
    private static final int PAIRS_OF_A_STATE = 200;
    private static final int BUCKETS = 4;
    static final int MOST_SHRUNK = 3;
    private static final int MOST_SAVED = 20;

    private final int pairs;
    private final long seed;
    private final int mostShrunk;
    private final List<Disagreement> disagreements = new ArrayList<>();
    private int saved;

    public DifferentialTrial(int pairs, long seed) {
        this(pairs, seed, MOST_SHRUNK);
    }

    /** @param mostShrunk so many findings are saved as small as they get, which takes its time */
    DifferentialTrial(int pairs, long seed, int mostShrunk) {
        this.pairs = pairs;
        this.seed = seed;
        this.mostShrunk = mostShrunk;
    }

    /**
     * What came of it.
     *
     * @param rejections how many resources Envoy refused to run
     * @param hasIpv6 whether there were connections from {@code ::1}
     * @param coverage how often it came upon what
     */
    public record Result(
            int pairs, List<Disagreement> disagreements, long rejections, long seed, boolean hasIpv6, String coverage) {
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

    /** Throws CommandException where no Envoy can be had. What is found is shrunk and saved into the folder. */
    public Result run(Path findings) {
        try (World world = world()) {
            int done = 0;
            for (long state = 0; done < pairs; state++) {
                int now = Math.min(PAIRS_OF_A_STATE, pairs - done);
                List<Disagreement> found = round(world, state, now);
                found.stream().limit(MOST_SAVED - saved).forEach(one -> save(world, one, findings));
                disagreements.addAll(found);
                done += now;
            }
            return new Result(
                    done,
                    disagreements,
                    world.rejections(),
                    seed,
                    world.hasIpv6(),
                    world.coverage().toString());
        }
    }

    /** Decides every saved case of a folder again. */
    public static Result replay(Path folder) {
        try (World world = world();
                Stream<Path> files = Files.list(folder)) {
            List<Path> cases = files.sorted().toList();
            List<Disagreement> disagreements = new ArrayList<>();
            for (Path file : cases) {
                SavedCase saved = SavedCase.read(file);
                disagreements.addAll(new Round(world, saved.state()).run(1, saved::attempt));
            }
            return new Result(
                    cases.size(),
                    disagreements,
                    world.rejections(),
                    0,
                    world.hasIpv6(),
                    world.coverage().toString());
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static World world() {
        EnvoyBinary envoy = EnvoyBinary.findOrInstall()
                .orElseThrow(() -> new CommandException("No Envoy can be had; set ENVOY to one."));
        try {
            return new World(envoy, Files.createTempDirectory("sallyport-differential"));
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    @SuppressWarnings("SystemOut")
    private void save(World world, Disagreement found, Path folder) {
        saved++;
        System.out.println(found);
        Path file = folder.resolve("seed-%d-%d.json".formatted(seed, saved));
        // As it is at first, in case that nobody waits for it to become small.
        new SavedCase(found.state(), found.attempt()).write(file);
        if (saved <= mostShrunk) {
            new SavedCase(Shrinking.of(world, found), found.attempt()).write(file);
        }
    }

    private List<Disagreement> round(World world, long number, int count) {
        Dice dice = Dice.of(seed * 1_000_003 + number);
        TrialState state = RandomPolicy.state(Instant.now(), new RandomGateway(dice, BUCKETS, world.hasIpv6()));
        var attempts = new RandomAttempt(dice, world.hasIpv6(), state.owned(RandomAttempt.HOSTS));
        return new Round(world, state).run(count, attempts::next);
    }
}
