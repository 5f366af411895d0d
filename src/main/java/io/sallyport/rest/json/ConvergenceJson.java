package io.sallyport.rest.json;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.sallyport.domain.ResourceName;
import io.sallyport.domain.Revision;
import io.sallyport.domain.agent.Quorum;
import io.sallyport.domain.agent.Stage;
import io.sallyport.usecase.AwaitConvergence.Wish;
import io.sallyport.usecase.Convergence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How far agents have come with a revision, in JSON, and how that is asked for. */
public final class ConvergenceJson {
    private static final Duration LONGEST = Duration.ofMinutes(5);
    private static final Pattern QUORUM = Pattern.compile("(\\d{1,6})(%?)");
    private static final Map<String, Stage> STAGES =
            Map.of("sent", Stage.SENT, "acknowledged", Stage.ACKNOWLEDGED, "effective", Stage.EFFECTIVE);

    private ConvergenceJson() {}

    /** What is asked for, and for how long to wait. */
    public record Request(Wish wish, Duration timeout) {}

    /** The parameters of the query; where some are wrong, {@code refuse} makes the failure of all that is wrong. */
    public static Request read(
            Revision revision,
            @Nullable String wait,
            @Nullable String quorum,
            @Nullable String timeout,
            List<String> gateways,
            Function<String, ? extends RuntimeException> refuse) {
        List<String> wrong = new ArrayList<>();
        Optional<Stage> stage = read(wrong, wait == null ? "effective" : wait, ConvergenceJson::stage);
        Optional<Quorum> enough = read(wrong, quorum == null ? "100%" : quorum, ConvergenceJson::quorum);
        Optional<Duration> patience = read(wrong, timeout == null ? "0s" : timeout, ConvergenceJson::timeout);
        List<ResourceName> of = gateways.stream()
                .flatMap(gateway -> read(wrong, gateway, ConvergenceJson::gateway).stream())
                .toList();
        if (stage.isEmpty() || enough.isEmpty() || patience.isEmpty() || !wrong.isEmpty()) {
            throw refuse.apply(String.join(" ", wrong));
        }
        return new Request(new Wish(revision, stage.get(), enough.get(), of), patience.get());
    }

    private static <T> Optional<T> read(List<String> wrong, String text, Function<String, T> parser) {
        try {
            return Optional.of(parser.apply(text));
        } catch (IllegalArgumentException refused) {
            wrong.add(String.valueOf(refused.getMessage()));
            return Optional.empty();
        }
    }

    private static Stage stage(String text) {
        Stage stage = STAGES.get(text);
        if (stage == null) {
            throw new IllegalArgumentException("wait is sent, acknowledged or effective.");
        }
        return stage;
    }

    private static Quorum quorum(String text) {
        Matcher matcher = QUORUM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "quorum is a part such as 95% (written 95%25 in a URL) or a number of agents such as 3.");
        }
        int number = Integer.parseInt(matcher.group(1));
        try {
            return matcher.group(2).isEmpty() ? new Quorum.Count(number) : new Quorum.Percent(number);
        } catch (IllegalArgumentException outOfRange) {
            throw new IllegalArgumentException("quorum is out of range: use 1% to 100%, or 1 to 100000.");
        }
    }

    private static Duration timeout(String text) {
        Duration timeout;
        try {
            timeout = DurationJson.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("timeout is a duration such as 30s or 2m.");
        }
        if (timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException("timeout is at most 5m.");
        }
        return timeout;
    }

    private static ResourceName gateway(String text) {
        try {
            return ResourceName.parse(text);
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException("gateway is namespace/name.");
        }
    }

    public static ObjectNode write(Convergence convergence) {
        ObjectNode result = Tree.object()
                .put("revision", convergence.revision().number())
                .put("wait", word(convergence.wanted()))
                .put("quorum", convergence.quorum().toString())
                .put("reached", convergence.isReached());
        result.set("agents", counts(convergence.total(), convergence::count));
        result.set(
                "gateways",
                Tree.array(convergence.gateways().stream()
                        .map(gateway -> gateway(convergence, gateway))
                        .toList()));
        return result;
    }

    private static ObjectNode counts(long total, Function<Stage, Long> count) {
        ObjectNode result = Tree.object().put("total", total);
        STAGES.keySet().stream().sorted().forEach(word -> result.put(word, count.apply(stage(word))));
        return result;
    }

    private static ObjectNode gateway(Convergence convergence, Convergence.OfGateway gateway) {
        ObjectNode result = Tree.object();
        result.set("gateway", ReferenceJson.write(gateway.gateway()));
        result.put("reached", gateway.isReached(convergence.wanted(), convergence.quorum()));
        result.set("counts", counts(gateway.agents().size(), gateway::count));
        result.set(
                "agents",
                Tree.array(gateway.agents().stream().map(ConvergenceJson::agent).toList()));
        return result;
    }

    private static ObjectNode agent(Convergence.OfAgent agent) {
        ObjectNode result = Tree.object()
                .put("id", agent.agent().id())
                .put("nodeId", agent.agent().nodeId())
                .put("peer", agent.agent().peer())
                .put("connected", agent.agent().isConnected())
                .put("stage", word(agent.stage()));
        AgentJson.version(result, "runs", runs(agent));
        return agent.why().isEmpty() ? result : result.put("message", agent.why() + ".");
    }

    private static String runs(Convergence.OfAgent agent) {
        return agent.agent().effective().isEmpty()
                ? agent.agent().acknowledged()
                : agent.agent().effective();
    }

    private static String word(Stage stage) {
        return switch (stage) {
            case QUEUED -> "queued";
            case SENT -> "sent";
            case ACKNOWLEDGED -> "acknowledged";
            case EFFECTIVE -> "effective";
        };
    }
}
