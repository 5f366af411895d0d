package io.sallyport.push.xds;

import io.sallyport.push.Allowance;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** How fast streams are opened, by whom: a herd may come at once, a loop may not go on. Guards itself. */
final class Arrivals {
    private static final int MOST_KNOWN = 20_000;

    private final StreamLimits.Pace pace;
    private final SequencedMap<String, Allowance> allowances = new LinkedHashMap<>();

    Arrivals(StreamLimits.Pace pace) {
        this.pace = pace;
    }

    synchronized boolean admits(String who) {
        Allowance known = allowances.remove(who);
        Allowance allowance = known == null ? pace.allowance() : known;
        allowances.putLast(who, allowance);
        if (allowances.size() > MOST_KNOWN) {
            allowances.pollFirstEntry();
        }
        return allowance.take(System.nanoTime());
    }
}
