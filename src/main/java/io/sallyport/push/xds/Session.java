package io.sallyport.push.xds;

import io.sallyport.compiler.envoy.EnvoySnapshot;
import io.sallyport.compiler.envoy.ResourceType;
import io.sallyport.domain.agent.Held;
import io.sallyport.domain.snapshot.SnapshotVersion;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One client's conversation, without its transport: requests and snapshots go in, responses come out when there is room
 * for them. What is newer takes the place of what was not sent yet. Used by one thread at a time.
 */
final class Session<Q, R> {
    /** What many objects share, or others refer to; of other types what is refused harms itself alone. */
    private static final Set<ResourceType> GUARDED =
            EnumSet.of(ResourceType.CLUSTER, ResourceType.ROUTES, ResourceType.EXTENSION_CONFIG);

    private static final Comparator<String> ORDER =
            Comparator.<String, Integer>comparing(Session::rank).thenComparing(Comparator.naturalOrder());

    private final Variant<Q, R> variant;
    private final Contents contents;
    private final Passage passage;
    private final RefusedSecrets.OfAgent refusedSecrets;
    private final StreamLedger ledger;
    private final Firewall firewall;
    private final ParkedResources parked = new ParkedResources();
    private final SortedMap<String, TypeSession<Q, R>> types = new TreeMap<>(ORDER);
    private SnapshotVersion version;
    private Lease lease;
    private long lastNonce;
    private String error = "";

    Session(
            Variant<Q, R> variant,
            Contents contents,
            RefusedSecrets.OfAgent refusedSecrets,
            StreamLedger ledger,
            Firewall firewall,
            EnvoySnapshot first,
            SnapshotVersion version) {
        this.variant = variant;
        this.contents = contents;
        this.refusedSecrets = refusedSecrets;
        this.ledger = ledger;
        this.firewall = firewall;
        this.passage = new Passage(contents, firewall.aimAt(first));
        this.version = version;
        this.lease = Lease.of(first.source());
    }

    void receive(String typeUrl, Q request) {
        TypeSession<Q, R> type = types.computeIfAbsent(typeUrl, this::open);
        contents.checkTypes(types.size());
        type.receive(request).ifPresent(refused -> {
            Refused shortened = new Refused(refused.names(), EnvoyWords.shortened(refused.message()));
            error = StreamLedger.word(typeUrl) + ": " + shortened.message();
            parked.refused(typeUrl, shortened);
            ledger.rejected(typeUrl, version, shortened);
        });
        compare(typeUrl, type);
    }

    private TypeSession<Q, R> open(String typeUrl) {
        return variant.opening().open(new WireType(typeUrl), refusedBefore(typeUrl), contents.names());
    }

    // A listener may be tried again as it is, where its port was taken.
    private RefusedSecrets.OfAgent refusedBefore(String typeUrl) {
        if (typeUrl.equals(ResourceType.SECRET.typeUrl())) {
            return refusedSecrets;
        }
        return typeUrl.equals(ResourceType.LISTENER.typeUrl()) ? RefusedSecrets.OfAgent.NONE : new RefusedOnStream();
    }

    /** The same content at a newer revision is nothing to send. */
    void aimAt(EnvoySnapshot target, SnapshotVersion newVersion) {
        boolean same = version.hash().equals(newVersion.hash());
        version = newVersion;
        if (!same) {
            passage.aimAt(firewall.aimAt(target));
            lease = Lease.of(target.source());
            types.forEach(this::compare);
        }
    }

    /**
     * What to send now.
     *
     * @param silence for how long this replica has not heard of its store
     */
    Optional<R> next(Instant now, Duration silence) {
        lease = lease.afterSilence(silence);
        tryAgain(now);
        do {
            Optional<R> next = first((type, nonce) -> type.next(nonce, revision(), lease));
            if (next.isPresent()) {
                return next;
            }
        } while (advance(now) || heed());
        return first((type, nonce) -> type.renewal(nonce, revision(), lease, now));
    }

    private Optional<R> first(BiFunction<TypeSession<Q, R>, String, Optional<Outgoing<R>>> ask) {
        for (var entry : types.entrySet()) {
            Optional<Outgoing<R>> found = ask.apply(entry.getValue(), Long.toString(lastNonce + 1));
            if (found.isPresent()) {
                lastNonce++;
                ledger.sent(entry.getKey(), version);
                followUp(entry.getKey(), found.get());
                return found.map(Outgoing::response);
            }
        }
        return Optional.empty();
    }

    private String revision() {
        return version.revision().toString();
    }

    /** Endpoints are needed again after their cluster changed, or it waits for them. */
    private void followUp(String typeUrl, Outgoing<R> sent) {
        TypeSession<Q, R> endpoints = types.get(ResourceType.ENDPOINTS.typeUrl());
        if (endpoints != null && typeUrl.equals(ResourceType.CLUSTER.typeUrl())) {
            sent.versions().keySet().forEach(endpoints::sendAgain);
            compare(ResourceType.ENDPOINTS.typeUrl(), endpoints);
        }
    }

    private boolean advance(Instant now) {
        boolean advanced = passage.advance(
                type -> isEach(type, TypeSession::isAnswered), type -> isEach(type, TypeSession::isAccepted), now);
        if (advanced) {
            types.forEach(this::compare);
        }
        return advanced;
    }

    /** Takes another aim where the client refuses a part of this one, or where there is more to find out. */
    private boolean heed() {
        Optional<EnvoySnapshot> instead = Optional.empty();
        if (GUARDED.stream()
                .anyMatch(type -> isAny(type, session -> !session.parked().isEmpty()))) {
            // What is on its way is answered in a moment, and must not be taken for an answer to what comes instead.
            if (!isEach(ResourceType.EXTENSION_CONFIG, TypeSession::isAnswered)
                    || !isEach(ResourceType.ROUTES, TypeSession::isAnswered)) {
                return false;
            }
            instead = firewall.refused(error, types.values().stream().anyMatch(TypeSession::isResumed));
        } else if (isRunning()) {
            instead = firewall.accepted();
        }
        instead.ifPresent(aim -> {
            passage.aimInstead(aim);
            types.forEach(this::compare);
        });
        return instead.isPresent();
    }

    private boolean isAny(ResourceType type, Predicate<TypeSession<Q, R>> condition) {
        TypeSession<Q, R> asked = types.get(type.typeUrl());
        return asked != null && condition.test(asked);
    }

    /** Whether the client has taken all that is aimed at, but for what harms nothing else. */
    private boolean isRunning() {
        return passage.isSettled()
                && hasAskedForIts()
                && types.values().stream().allMatch(TypeSession::isAnswered)
                && GUARDED.stream().allMatch(type -> isEach(type, TypeSession::isAccepted));
    }

    private void tryAgain(Instant now) {
        parked.due(types, now)
                .forEach((typeUrl, names) -> Optional.ofNullable(types.get(typeUrl))
                        .ifPresent(type -> {
                            names.forEach(type::tryAgain);
                            compare(typeUrl, type);
                        }));
    }

    /** The objects of which the client runs less than their newest content, and why. */
    List<Held> held() {
        return Stream.concat(firewall.held().stream(), parked.held(types, passage.source()).stream())
                .sorted(Comparator.comparing(Held::object))
                .toList();
    }

    /** Why something is not sent yet, for people; empty where nothing waits. */
    String waitingFor() {
        return firewall.isSearching()
                ? "A part was refused, and it is being found out which object it came of."
                : passage.waitingFor();
    }

    /** Whether the client has all of the newest version but for what is held back or parked. */
    boolean isInStepButForHeld() {
        return !firewall.isSearching() && isRunning() && !held().isEmpty();
    }

    private boolean isEach(ResourceType type, Function<TypeSession<Q, R>, Boolean> condition) {
        TypeSession<Q, R> asked = types.get(type.typeUrl());
        return asked == null || condition.apply(asked);
    }

    private void compare(String typeUrl, TypeSession<Q, R> type) {
        Optional<ResourceType> known = ResourceType.ofTypeUrl(typeUrl);
        type.compare(
                known.map(passage::wanted).orElse(Content.EMPTY),
                known.filter(passage::holdsBack).isPresent(),
                lease);
    }

    /** When to look again though nothing happened. */
    Instant deadline() {
        return types.values().stream()
                .map(type -> type.renewalDue(lease))
                .reduce(earlier(passage.deadline(), parked.deadline()), Session::earlier);
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    /** Tells what has changed since it was asked last. */
    void tellLedger() {
        types.forEach((typeUrl, type) -> {
            ledger.queued(typeUrl, version);
            if (passage.isSettled() && type.isAccepted() && !firewall.isSearching()) {
                ledger.acknowledged(typeUrl, version);
            }
        });
    }

    SnapshotVersion version() {
        return version;
    }

    /** Whether the client has all of the newest version. One that only begins to ask has not. */
    boolean isInStep() {
        return passage.isSettled()
                && types.values().stream().allMatch(TypeSession::isAccepted)
                && hasAskedForIts()
                && !firewall.isSearching()
                && firewall.held().isEmpty();
    }

    private boolean hasAskedForIts() {
        return variant.aggregated() ? hasAskedForAll() : !types.isEmpty();
    }

    private boolean hasAskedForAll() {
        return Arrays.stream(ResourceType.values())
                .filter(passage::has)
                .map(ResourceType::typeUrl)
                .allMatch(typeUrl -> types.containsKey(typeUrl));
    }

    /** For how many names more is kept than what all streams share. */
    int exceptions() {
        return types.values().stream().mapToInt(TypeSession::exceptions).sum();
    }

    /** What the client said of the last thing it refused; empty where there is none. */
    String error() {
        return error;
    }

    void forgetError() {
        error = "";
    }

    private static int rank(String typeUrl) {
        return ResourceType.ofTypeUrl(typeUrl)
                .map(type -> switch (type) {
                    case EXTENSION_CONFIG -> 0;
                    case SECRET -> 1;
                    case CLUSTER -> 2;
                    case ENDPOINTS -> 3;
                    case LISTENER -> 4;
                    case ROUTES -> 5;
                })
                .orElse(6);
    }
}
