package io.sallyport.local.differential;

import java.util.List;
import java.util.Random;

/** Chance that a seed repeats. */
record Dice(Random random) {

    static Dice of(long seed) {
        return new Dice(new Random(seed));
    }

    <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /** True once in so many times. */
    boolean in(int times) {
        return random.nextInt(times) == 0;
    }

    int below(int bound) {
        return random.nextInt(bound);
    }
}
