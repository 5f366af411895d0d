package io.sallyport.domain;

/** The number of an immutable state of everything: 0 is the empty state, each commit adds one, without gaps. */
public record Revision(long number) implements Comparable<Revision> {
    public static final Revision NONE = new Revision(0);

    public Revision {
        if (number < 0) {
            throw new IllegalArgumentException("a revision is not negative: " + number);
        }
    }

    public Revision next() {
        return new Revision(number + 1);
    }

    public boolean isAfter(Revision other) {
        return number > other.number;
    }

    @Override
    public int compareTo(Revision other) {
        return Long.compare(number, other.number);
    }

    @Override
    public String toString() {
        return Long.toString(number);
    }
}
