package io.sallyport.push.xds;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The secrets that Envoys refused, whatever stream they did so on. An Envoy that gets one again as it is says yes to it,
 * though it still uses the one before: so none is sent twice. Guards itself; the oldest are forgotten.
 */
final class RefusedSecrets {
    private static final int MOST = 10_000;

    private final Map<Refusal, Boolean> refusals = new LinkedHashMap<>();

    private record Refusal(String agent, String name, String version) {}

    /** Of one Envoy, by all that we know it by. */
    interface OfAgent {
        /** For types of which nothing needs to be remembered. */
        OfAgent NONE = new OfAgent() {
            @Override
            public boolean contains(String name, String version) {
                return false;
            }

            @Override
            public void add(String name, String version) {}
        };

        boolean contains(String name, String version);

        void add(String name, String version);
    }

    OfAgent of(String agent) {
        return new OfAgent() {
            @Override
            public boolean contains(String name, String version) {
                return has(new Refusal(agent, name, version));
            }

            @Override
            public void add(String name, String version) {
                remember(new Refusal(agent, name, version));
            }
        };
    }

    private synchronized boolean has(Refusal refusal) {
        return refusals.containsKey(refusal);
    }

    private synchronized void remember(Refusal refusal) {
        refusals.put(refusal, true);
        if (refusals.size() > MOST) {
            refusals.remove(refusals.keySet().iterator().next());
        }
    }
}
