package io.sallyport.push.xds;

import io.sallyport.push.Allowance;

/** What streams may cost. */
record StreamLimits(
        int streams,
        int perClient,
        int perAgent,
        Pace newOfClient,
        Pace newOfAgent,
        int types,
        int names,
        int nodeBytes,
        Pace requests) {
    static final StreamLimits DEFAULT = new StreamLimits(
            20_000,
            10_000,
            100,
            new Pace(100, 10_000),
            new Pace(10, 300),
            16,
            100_000,
            256 << 10,
            new Pace(200, 50_000));

    /** So many in a second, and so many after a rest. */
    record Pace(int perSecond, int atOnce) {
        Allowance allowance() {
            return new Allowance(perSecond, atOnce);
        }

        @Override
        public String toString() {
            return "%d a second, %d at once".formatted(perSecond, atOnce);
        }
    }

    static StreamLimits of(DiscoverySettings settings) {
        return new StreamLimits(
                settings.maxStreams(),
                settings.maxStreamsPerClient(),
                settings.maxStreamsPerAgent(),
                new Pace(settings.newStreamsPerClient(), settings.newStreamsPerClientAtOnce()),
                new Pace(settings.newStreamsPerAgent(), settings.newStreamsPerAgentAtOnce()),
                settings.maxTypes(),
                settings.maxNames(),
                settings.maxNodeBytes(),
                new Pace(settings.requestsPerSecond(), settings.requestsAtOnce()));
    }
}
