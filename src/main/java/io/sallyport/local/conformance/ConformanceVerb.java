package io.sallyport.local.conformance;

import io.sallyport.local.CommandException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;

/** {@code trial xds}. */
public final class ConformanceVerb {
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Path PAGE = Path.of("docs", "conformance.md");
    private static final String USAGE = """
            usage: ./sallyport trial xds                        our own server, two replicas of it
                   ./sallyport trial xds HOST:PORT [CLUSTER]    one that runs, with what it has; CLUSTER is its clients' node.cluster
                                                                (a bearer token, where it asks for one, in SALLYPORT_AGENT_TOKEN)
                   ./sallyport trial xds --server COMMAND       one that is told what to have; see docs/conformance.md
                   ./sallyport trial xds --publish COMMAND      ours and that one, into the table of docs/conformance.md""";

    private ConformanceVerb() {}

    /** Returns 1 where a claim does not hold. */
    public static int run(List<String> arguments) {
        if (arguments.size() == 2 && arguments.getFirst().equals("--publish")) {
            return publish(new DrivenServer(arguments.getLast()));
        }
        try (TriedServer server = server(arguments)) {
            return count(tried(server), Verdict.Broken.class) == 0 ? 0 : 1;
        }
    }

    private static int publish(TriedServer other) {
        SequencedMap<String, SequencedMap<Claim, Verdict>> verdicts = new LinkedHashMap<>();
        try (TriedServer ours = new OwnServer(PATIENCE);
                other) {
            verdicts.put(ours.name(), tried(ours));
            verdicts.put(other.name(), tried(other));
        }
        new Page(PAGE).write(verdicts);
        return 0;
    }

    @SuppressWarnings("SystemOut")
    private static SequencedMap<Claim, Verdict> tried(TriedServer server) {
        SequencedMap<Claim, Verdict> verdicts = Suite.run(server);
        verdicts.forEach((claim, verdict) -> System.out.println(words(claim, verdict)));
        System.out.println("server=%s claims=%d pass=%d fail=%d not-supported=%d"
                .formatted(
                        server.name(),
                        verdicts.size(),
                        count(verdicts, Verdict.Holds.class),
                        count(verdicts, Verdict.Broken.class),
                        count(verdicts, Verdict.NotTried.class)));
        return verdicts;
    }

    private static String words(Claim claim, Verdict verdict) {
        return switch (verdict) {
            case Verdict.Holds ignored -> "pass           " + claim;
            case Verdict.Broken(String how) -> "FAIL           " + claim + "\n               " + how;
            case Verdict.NotTried(String why) -> "not supported  " + claim + " (" + why + ")";
        };
    }

    private static long count(Map<Claim, Verdict> verdicts, Class<? extends Verdict> kind) {
        return verdicts.values().stream().filter(kind::isInstance).count();
    }

    private static TriedServer server(List<String> arguments) {
        if (arguments.isEmpty()) {
            return new OwnServer(PATIENCE);
        }
        if (arguments.size() == 2 && arguments.getFirst().equals("--server")) {
            return new DrivenServer(arguments.getLast());
        }
        if (arguments.size() > 2 || !arguments.getFirst().matches("[^-].*:[0-9]+")) {
            throw new CommandException(USAGE);
        }
        String token = System.getenv().getOrDefault("SALLYPORT_AGENT_TOKEN", "");
        String cluster = arguments.size() == 2 ? arguments.getLast() : "";
        try {
            return new RemoteServer(arguments.getFirst(), token, cluster);
        } catch (BrokenClaim mute) {
            throw new CommandException(
                    "%s does not serve all clusters and listeners over incremental ADS to a client of node.cluster '%s' %s: %s"
                            .formatted(
                                    arguments.getFirst(),
                                    cluster,
                                    token.isEmpty() ? "without a token" : "with that token",
                                    mute.getMessage()));
        }
    }
}
