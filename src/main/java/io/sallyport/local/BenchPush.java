package io.sallyport.local;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;

/** Measures how long one changed rule takes from its commit to the last of many connected Envoys. */
final class BenchPush {
    private static final String NAME = "push";
    private static final int WARM_UP_ROUNDS = 20;
    private static final Duration FIRST_STATE = Duration.ofMinutes(2);
    private static final Duration ONE_ROUND = Duration.ofSeconds(20);

    private BenchPush() {}

    /** Against the control plane that is up, or one of its own where none is. */
    static int run(List<String> arguments) {
        BenchPushOptions options = BenchPushOptions.parse(arguments);
        return Everything.whileUp(() -> measure(options));
    }

    private static int measure(BenchPushOptions options) {
        URI url = EnvironmentFile.url();
        ApiClient api = new ApiClient(url, TokenVerb.token("admin"));
        if (!api.answers("/q/health/ready")) {
            throw new CommandException(url + " does not answer; see whether it is up by ./sallyport up");
        }
        try (BenchUpstream upstream = new BenchUpstream()) {
            BenchNamespace policy = new BenchNamespace(api, options.rules(), upstream.port());
            try {
                policy.create();
                return measure(options, policy, api);
            } finally {
                policy.delete();
            }
        }
    }

    private static int measure(BenchPushOptions options, BenchNamespace policy, ApiClient api) {
        try (BenchAgents agents = new BenchAgents(options.agents(), policy.gateway());
                BenchEnvoys envoys = BenchEnvoys.start(options.envoys(), api, policy)) {
            agents.connect(EnvironmentFile.grpc(), TokenVerb.token(policy.clientId()));
            agents.awaitFirstState(FIRST_STATE);
            return rounds(options, policy, new Receivers(agents, envoys), new ServerClock(api));
        }
    }

    private record Receivers(BenchAgents agents, BenchEnvoys envoys) {}

    private static int rounds(
            BenchPushOptions options, BenchNamespace policy, Receivers receivers, ServerClock server) {
        BenchAgents agents = receivers.agents();
        Random chance = new Random(options.seed());
        for (int round = 0; round < WARM_UP_ROUNDS; round++) {
            agents.awaitRevision(policy.flip(chance.nextInt(options.rules())), ONE_ROUND);
        }
        List<Duration> sinceRequest = new ArrayList<>();
        List<Duration> sinceAnswer = new ArrayList<>();
        List<Duration> ofRevocations = new ArrayList<>();
        List<Duration> refused = new ArrayList<>();
        List<Duration> known = new ArrayList<>();
        agents.countBytesFromZero();
        Duration before = server.cpuTime();
        for (int round = 0; round < options.rounds(); round++) {
            int rule = chance.nextInt(options.rules());
            boolean isWatched = !receivers.envoys().isEmpty() && !policy.isDenied(rule);
            Supplier<Long> refusal = isWatched ? receivers.envoys().watch(rule) : () -> 0L;
            long asked = System.nanoTime();
            long revision = policy.flip(rule);
            long answered = System.nanoTime();
            long last = agents.awaitRevision(revision, ONE_ROUND);
            sinceRequest.add(Duration.ofNanos(last - asked));
            // Streams are often faster than the HTTP answer.
            if (policy.isDenied(rule)) {
                ofRevocations.add(Duration.ofNanos(last - asked));
            }
            if (isWatched) {
                refused.add(Duration.ofNanos(refusal.get() - asked));
            }
            policy.awaitAcknowledgement(revision);
            known.add(Duration.ofNanos(System.nanoTime() - asked));
            sinceAnswer.add(Duration.ofNanos(Math.max(0, last - answered)));
        }
        Duration cpu = server.cpuTime().minus(before);
        print(options, agents, new Times(sinceRequest, ofRevocations, refused, sinceAnswer, known), cpu);
        return 0;
    }

    /** How long it took, for each round or each that took something away. */
    private record Times(
            List<Duration> sinceRequest,
            List<Duration> ofRevocations,
            List<Duration> refused,
            List<Duration> sinceAnswer,
            List<Duration> known) {}

    @SuppressWarnings("SystemOut")
    private static void print(BenchPushOptions options, BenchAgents agents, Times times, Duration cpu) {
        System.out.printf(
                "bench push: agents=%d rules=%d rounds=%d after %d to warm up | request to last agent %s"
                        + " | the same of %d revocations %s | those to the refusal of the last of %d Envoys %s | commit answered to last agent %s"
                        + " | request to acknowledged by all as the API says %s"
                        + " | %d bytes per push | server CPU %.1f ms per round%n./sallyport bench %s %s%n",
                options.agents(),
                options.rules(),
                options.rounds(),
                WARM_UP_ROUNDS,
                Percentiles.of(times.sinceRequest()),
                times.ofRevocations().size(),
                text(times.ofRevocations()),
                options.envoys(),
                text(times.refused()),
                Percentiles.of(times.sinceAnswer()),
                Percentiles.of(times.known()),
                agents.bytesReceived() / Math.max(1, (long) options.rounds() * options.agents()),
                cpu.toNanos() / 1e6 / options.rounds(),
                NAME,
                options);
    }

    private static String text(List<Duration> times) {
        return times.isEmpty() ? "none" : Percentiles.of(times).toString();
    }
}
