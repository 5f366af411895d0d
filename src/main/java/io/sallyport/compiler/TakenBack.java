package io.sallyport.compiler;

import io.sallyport.domain.Change;
import io.sallyport.domain.DesiredState;

/** What was changed and then changed back. Pure. */
public final class TakenBack {
    private TakenBack() {}

    /** The candidate, in which all objects are as they are now that are now again as they were before it. */
    public static DesiredState without(DesiredState stable, DesiredState candidate, DesiredState now) {
        return candidate.with(
                candidate.revision(),
                HeldBack.differing(candidate, now)
                        .filter(key -> HeldBack.spec(stable, key).equals(HeldBack.spec(now, key)))
                        .map(key -> Change.to(key, now.find(key)))
                        .toList());
    }
}
