package io.sallyport.domain.approval;

/**
 * A sort of risk that needs approval.
 *
 * @param newFor for whom a destination must be new; of {@link RiskType#NEW_DESTINATION}, {@link NewFor#ANYONE} of others
 * @param moreThan how many workloads need none yet, 0 to 100,000; of {@link RiskType#WORKLOADS_AFFECTED}, 0 of others
 */
public record Trigger(RiskType type, NewFor newFor, int moreThan) {
    public static final int MOST_WORKLOADS = 100_000;

    public Trigger {
        if (type == RiskType.WEAKENED_APPROVAL_POLICY) {
            throw new IllegalArgumentException("that a policy is weakened always needs what it asks for");
        }
        if (moreThan < 0 || moreThan > MOST_WORKLOADS) {
            throw new IllegalArgumentException("moreThan is 0 to %d".formatted(MOST_WORKLOADS));
        }
    }

    /** One of those that need no more words. */
    public static Trigger of(RiskType type) {
        return new Trigger(type, NewFor.ANYONE, 0);
    }

    /** Whether whatever sets off the other sets off this too. */
    public boolean includes(Trigger other) {
        return type == other.type
                && (newFor == NewFor.SOURCE || other.newFor == NewFor.ANYONE)
                && moreThan <= other.moreThan;
    }

    /** For whom a destination is new. */
    public enum NewFor {
        /** Nobody could reach the host at that port through that gateway. */
        ANYONE,
        /** Somebody could not who can now. */
        SOURCE
    }
}
