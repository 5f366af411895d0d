package io.sallyport.domain.agent;

/** How many of some agents are enough: so many, or such a part of them. */
public sealed interface Quorum {
    Quorum ALL = new Percent(100);

    boolean isMet(long done, long total);

    /** At least so much of a hundred. */
    record Percent(int number) implements Quorum {
        public Percent {
            if (number < 1 || number > 100) {
                throw new IllegalArgumentException("a quorum is 1% to 100%");
            }
        }

        @Override
        public boolean isMet(long done, long total) {
            return done * 100 >= total * number;
        }

        @Override
        public String toString() {
            return number + "%";
        }
    }

    /** At least so many of each gateway. */
    record Count(int number) implements Quorum {
        public Count {
            if (number < 1 || number > 100_000) {
                throw new IllegalArgumentException("a quorum is 1 to 100000 agents");
            }
        }

        @Override
        public boolean isMet(long done, long total) {
            return done >= number;
        }

        @Override
        public String toString() {
            return Integer.toString(number);
        }
    }
}
