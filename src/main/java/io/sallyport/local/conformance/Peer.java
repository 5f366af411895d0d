package io.sallyport.local.conformance;

import com.google.protobuf.Any;
import io.grpc.Status;
import io.grpc.stub.StreamObserver;
import io.sallyport.compiler.envoy.ResourceType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * A client: asks, remembers what it heard and holds, and answers at once unless it is told not to. {@code this} guards
 * its fields.
 */
final class Peer implements AutoCloseable {
    /** How long nothing comes that is not to come. */
    private static final Duration QUIET = Duration.ofMillis(300);

    /** A server that never ends is answered no longer. */
    private static final int MOST_HEARD = 20_000;

    private final Duration patience;
    private final Wire wire;
    private final List<Heard> heard = new ArrayList<>();
    private final Map<String, NavigableMap<String, Heard.Item>> held = new HashMap<>();
    private final Map<String, String> last = new HashMap<>();
    private final Set<ResourceType> asked = EnumSet.noneOf(ResourceType.class);
    private Optional<Status> end = Optional.empty();
    private Predicate<Heard.Item> bad = ignored -> false;
    private boolean isSilent;

    Peer(Duration patience, Function<StreamObserver<Heard>, Wire> opening) {
        this.patience = patience;
        this.wire = opening.apply(new Responses());
    }

    private synchronized void note(ResourceType type) {
        asked.add(type);
    }

    Peer asksForAll(ResourceType type) {
        note(type);
        wire.askForAll(type.typeUrl());
        return this;
    }

    Peer asksForAll(String typeUrl) {
        wire.askForAll(typeUrl);
        return this;
    }

    Peer asks(ResourceType type, String... names) {
        note(type);
        wire.change(type.typeUrl(), List.of(names), List.of(), "");
        return this;
    }

    Peer drops(ResourceType type, String... names) {
        wire.change(type.typeUrl(), List.of(), List.of(names), "");
        return this;
    }

    /** Another answer than the one of which the nonce is, which may be any text. */
    Peer changes(ResourceType type, List<String> added, List<String> dropped, String nonce) {
        wire.change(type.typeUrl(), added, dropped, nonce);
        return this;
    }

    Peer resumes(ResourceType type, Memory.OfType memory, String... names) {
        note(type);
        wire.resume(type.typeUrl(), List.of(names), memory);
        return this;
    }

    /** From now on. */
    synchronized Peer refuses(Predicate<Heard.Item> newBad) {
        bad = newBad;
        return this;
    }

    Peer refuses(Any body) {
        return refuses(item -> item.body().equals(body));
    }

    synchronized Peer answersNothing() {
        isSilent = true;
        return this;
    }

    synchronized Peer answersAgain() {
        isSilent = false;
        return this;
    }

    /** Answers as if nothing had been answered yet. */
    Peer accepts(Heard response) {
        return answers(response, Optional.empty());
    }

    Peer refuses(Heard response, String... alsoAsking) {
        return answers(response, Optional.of("not this"), alsoAsking);
    }

    private Peer answers(Heard response, Optional<String> refusal, String... added) {
        if (refusal.isEmpty()) {
            hold(response);
        }
        wire.answer(response, refusal, List.of(added));
        return this;
    }

    private synchronized void hold(Heard response) {
        NavigableMap<String, Heard.Item> ofType = held.computeIfAbsent(response.typeUrl(), ignored -> new TreeMap<>());
        if (wire.isWhole(response.typeUrl())) {
            ofType.clear();
        }
        response.items().stream().filter(item -> !item.isRenewal()).forEach(item -> ofType.put(item.name(), item));
        response.removed().forEach(ofType::remove);
        last.put(response.typeUrl(), response.version());
    }

    synchronized SortedMap<String, Any> holds(ResourceType type) {
        SortedMap<String, Any> bodies = new TreeMap<>();
        held.getOrDefault(type.typeUrl(), new TreeMap<>()).forEach((name, item) -> bodies.put(name, item.body()));
        return bodies;
    }

    /** What it would know after its stream is gone. */
    synchronized Memory remembers() {
        Map<String, Memory.OfType> byType = new HashMap<>();
        held.forEach((type, items) -> {
            Map<String, String> versions = new HashMap<>();
            items.forEach((name, item) -> versions.put(name, item.version()));
            byType.put(type, new Memory.OfType(versions, last.getOrDefault(type, "")));
        });
        return new Memory(byType);
    }

    synchronized boolean isUnasked(ResourceType type) {
        return heard.stream().noneMatch(response -> response.isOf(type)) && !asked.contains(type);
    }

    synchronized List<Heard> heard() {
        return List.copyOf(heard);
    }

    /** All that it hears from now on. */
    Since now() {
        return new Since(heard().size());
    }

    Since ever() {
        return new Since(0);
    }

    /** Waits until it holds exactly these. */
    Peer comesToHold(ResourceType type, Map<String, Any> expected) {
        await(
                () -> holds(type).equals(expected),
                () -> "of %s it was to hold %s and holds %s"
                        .formatted(type, differing(expected, holds(type)), differing(holds(type), expected)));
        return this;
    }

    private static Map<String, String> differing(Map<String, Any> some, Map<String, Any> others) {
        Map<String, String> words = new TreeMap<>();
        some.forEach((name, body) -> words.put(name, body.equals(others.get(name)) ? "as it should" : "other content"));
        return words;
    }

    private void await(BooleanSupplier holds, Supplier<String> otherwise) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!holds.getAsBoolean()) {
            checkOpen();
            if (System.nanoTime() > deadline) {
                throw new BrokenClaim(otherwise.get() + "; heard " + heard());
            }
            pause(Duration.ofMillis(3));
        }
    }

    void checkOpen() {
        end().ifPresent(status -> {
            throw new BrokenClaim("the stream ended: %s %s".formatted(status.getCode(), status.getDescription()));
        });
    }

    synchronized Optional<Status> end() {
        return end;
    }

    /** Waits for the end of the stream. */
    Status ends() {
        long deadline = System.nanoTime() + patience.toNanos();
        while (end().isEmpty() && System.nanoTime() < deadline) {
            pause(Duration.ofMillis(3));
        }
        return end().orElseThrow(() -> new BrokenClaim("the stream goes on; heard " + heard()));
    }

    static void pause(Duration time) {
        try {
            Thread.sleep(time);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    @Override
    public void close() {
        if (end().isEmpty()) {
            wire.close();
        }
    }

    /** What came from some moment on. */
    final class Since {
        private final int before;

        Since(int before) {
            this.before = before;
        }

        List<Heard> all() {
            List<Heard> now = heard();
            return now.subList(before, now.size());
        }

        /** Waits for the first such response. */
        Heard hears(Predicate<Heard> wanted, String what) {
            await(() -> all().stream().anyMatch(wanted), () -> "there was to come " + what);
            return all().stream().filter(wanted).findFirst().orElseThrow();
        }

        Heard hears(ResourceType type, String name) {
            return hears(response -> response.says(type, name), type + " " + name);
        }

        Heard hearsGone(ResourceType type, String name) {
            return hears(response -> response.removes(type, name), "that there is no " + type + " " + name);
        }

        void nothing() {
            never(ignored -> true, "nothing");
        }

        /** Waits for a while. */
        void never(Predicate<Heard> unwanted, String claim) {
            pause(QUIET);
            checkOpen();
            List<Heard> found = all().stream().filter(unwanted).toList();
            if (!found.isEmpty()) {
                throw new BrokenClaim("there was to come %s, but %d responses came: %s"
                        .formatted(claim, found.size(), found.stream().limit(3).toList()));
            }
        }

        long count(Any body) {
            return all().stream().filter(response -> response.holds(body)).count();
        }

        /** Waits for a while, and then says how often it came. */
        void atMost(int times, Any body) {
            pause(QUIET);
            checkOpen();
            long count = count(body);
            if (count > times) {
                throw new BrokenClaim("what was refused came %d times".formatted(count));
            }
        }

        int position(Predicate<Heard> wanted, String what) {
            Heard found = hears(wanted, what);
            return all().indexOf(found);
        }
    }

    private final class Responses implements StreamObserver<Heard> {
        // It is answered before it can be seen that it came, so that what is asked afterwards comes afterwards.
        @Override
        public void onNext(Heard response) {
            boolean refused = response.items().stream().anyMatch(Peer.this::isBad);
            boolean answers = answers();
            if (answers) {
                wire.answer(response, refused ? Optional.of("not this") : Optional.empty(), List.of());
            }
            note(response, answers && !refused);
        }

        @Override
        public void onError(Throwable error) {
            over(Status.fromThrowable(error));
        }

        @Override
        public void onCompleted() {
            over(Status.OK);
        }
    }

    private synchronized boolean isBad(Heard.Item item) {
        return bad.test(item);
    }

    private synchronized boolean answers() {
        return !isSilent && heard.size() < MOST_HEARD;
    }

    private synchronized void note(Heard response, boolean accepted) {
        heard.add(response);
        if (accepted) {
            hold(response);
        }
    }

    private synchronized void over(Status status) {
        end = Optional.of(status);
    }
}
