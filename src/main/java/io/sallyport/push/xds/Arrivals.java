package io.sallyport.push.xds;

import io.sallyport.domain.gateway.AgentPrincipal;
import io.sallyport.push.Allowance;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/** How fast streams are opened, by client and address: a herd may come at once, a loop may not go on. Guards itself. */
final class Arrivals {
    private static final int A_SECOND = 100;
    private static final int AT_ONCE = 10_000;
    private static final int MOST_KNOWN = 10_000;

    private final SequencedMap<String, Allowance> allowances = new LinkedHashMap<>();

    /** @param address with or without a port, which says nothing of who it is */
    synchronized boolean admits(AgentPrincipal client, String address) {
        String who = client + " " + address.replaceFirst(":[0-9]+$", "");
        Allowance known = allowances.remove(who);
        Allowance allowance = known == null ? new Allowance(A_SECOND, AT_ONCE) : known;
        allowances.putLast(who, allowance);
        if (allowances.size() > MOST_KNOWN) {
            allowances.pollFirstEntry();
        }
        return allowance.take(System.nanoTime());
    }
}
