package io.sallyport.domain.decision;

import java.util.List;

/**
 * Where an upstream is found, by address, and whether it is connected to there.
 *
 * @param isKnown whether anybody has said; it may be nowhere then
 * @param refusedAreChosen whether a request may fall on an address that is refused, and be refused then; else they are
 *     left out of the choice
 */
public record Addresses(boolean isKnown, List<Judged> judged, boolean refusedAreChosen) {
    public static final Addresses UNKNOWN = new Addresses(false, List.of(), false);

    public Addresses {
        judged = List.copyOf(judged);
    }

    public record Judged(ResolvedAddress address, Judgement judgement) {}

    /** Whether an address is connected to. */
    public enum Judgement {
        PERMITTED,
        /** By the gateway's {@code addressPolicy}. */
        REFUSED_BY_GATEWAY,
        /** By the destination's {@code addressGuard}. */
        REFUSED_BY_DESTINATION,
        /** It is of a family that the destination does not ask for, or not where it has the other. */
        NOT_ASKED_FOR
    }

    /** Whether it is known that there is nothing to connect to, for there is no address at all. */
    public boolean areNone() {
        return isKnown && judged.stream().allMatch(one -> one.judgement() == Judgement.NOT_ASKED_FOR);
    }

    /** Whether there are some, and every one of them is refused. */
    public boolean areAllRefused() {
        return isKnown && !areNone() && !hasPermitted();
    }

    /** Whether some requests are refused for the address that they fall on, and others not. */
    public boolean areRefusedInPart() {
        return refusedAreChosen && hasPermitted() && judged.stream().anyMatch(Addresses::isRefused);
    }

    private boolean hasPermitted() {
        return judged.stream().anyMatch(one -> one.judgement() == Judgement.PERMITTED);
    }

    private static boolean isRefused(Judged one) {
        return switch (one.judgement()) {
            case REFUSED_BY_GATEWAY, REFUSED_BY_DESTINATION -> true;
            case PERMITTED, NOT_ASKED_FOR -> false;
        };
    }
}
