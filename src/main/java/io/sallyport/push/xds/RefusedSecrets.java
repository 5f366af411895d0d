package io.sallyport.push.xds;

import io.sallyport.agents.Quarantines;

/**
 * The secrets that Envoys refused, whatever stream they did so on, and at which replica. An Envoy that gets one again as it
 * is says yes to it, though it still uses the one before: so none is sent twice.
 */
final class RefusedSecrets {
    private final Quarantines quarantines;

    /** Of one replica alone. */
    RefusedSecrets() {
        this(new Quarantines());
    }

    RefusedSecrets(Quarantines quarantines) {
        this.quarantines = quarantines;
    }

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
                return quarantines.of(agent).secrets().contains(name + " " + version);
            }

            @Override
            public void add(String name, String version) {
                quarantines.change(agent, known -> known.withSecret(name + " " + version));
            }
        };
    }
}
