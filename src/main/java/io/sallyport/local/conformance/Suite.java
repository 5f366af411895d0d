package io.sallyport.local.conformance;

import io.grpc.StatusRuntimeException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.stream.Stream;

/** All claims, tried against one server; several at a time, each with clients of its own. */
public final class Suite {
    private static final int AT_A_TIME = 40;

    private Suite() {}

    public static List<Claim> claims() {
        return Stream.of(
                        SubscriptionClaims.all(),
                        AbsenceClaims.all(),
                        AnswerClaims.all(),
                        RefusalClaims.all(),
                        ReconnectClaims.all(),
                        RemovalClaims.all(),
                        OrderClaims.all(),
                        RenewalClaims.all(),
                        BoundClaims.all())
                .flatMap(List::stream)
                .toList();
    }

    /** The group of clients of the claim of that number. */
    static String group(int number) {
        return "claim-" + number;
    }

    /** By claim, in the order of {@link #claims()}. */
    public static SequencedMap<Claim, Verdict> run(TriedServer server) {
        return run(server, claims());
    }

    static SequencedMap<Claim, Verdict> run(TriedServer server, List<Claim> claims) {
        Semaphore places = new Semaphore(AT_A_TIME);
        Map<Claim, Future<Verdict>> running = new LinkedHashMap<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Claim claim : claims) {
                String group = group(running.size());
                running.put(claim, threads.submit(() -> {
                    places.acquire();
                    try {
                        return verdict(server, claim, group);
                    } finally {
                        places.release();
                    }
                }));
            }
        }
        SequencedMap<Claim, Verdict> verdicts = new LinkedHashMap<>();
        running.forEach((claim, verdict) -> verdicts.put(claim, of(verdict)));
        return verdicts;
    }

    private static Verdict of(Future<Verdict> verdict) {
        try {
            return verdict.get();
        } catch (InterruptedException | ExecutionException failed) {
            throw new IllegalStateException(failed);
        }
    }

    private static Verdict verdict(TriedServer server, Claim claim, String group) {
        try (Stage stage = new Stage(server, claim.manner(), group)) {
            claim.script().accept(stage);
            return new Verdict.Holds();
        } catch (BrokenClaim broken) {
            return new Verdict.Broken(String.valueOf(broken.getMessage()));
        } catch (NotSupported missing) {
            return new Verdict.NotTried(String.valueOf(missing.getMessage()));
        } catch (StatusRuntimeException | IllegalStateException ended) {
            // What is sent to a stream that is over.
            return new Verdict.Broken("the stream ended: " + ended.getMessage());
        }
    }

    /** The same claim in both manners. */
    static Stream<Claim> both(String text, String section, Consumer<Stage> script) {
        List<Claim> claims = new ArrayList<>();
        for (Claim.Manner manner : Claim.Manner.values()) {
            claims.add(new Claim(manner, text, section, script));
        }
        return claims.stream();
    }

    static Stream<Claim> delta(String text, String section, Consumer<Stage> script) {
        return Stream.of(new Claim(Claim.Manner.DELTA, text, section, script));
    }

    static Stream<Claim> state(String text, String section, Consumer<Stage> script) {
        return Stream.of(new Claim(Claim.Manner.STATE, text, section, script));
    }
}
