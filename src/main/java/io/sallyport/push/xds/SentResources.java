package io.sallyport.push.xds;

import io.sallyport.compiler.envoy.EnvoyResource;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks for of one type, what it was sent, and what it said to it. As a rule it has accepted all that it asks
 * for as it is in the content that it is led to, which all streams share; kept are the exceptions alone, of which a client
 * that keeps up has next to none. Only the newest response about a name counts, so answers to older ones are answers to
 * nothing.
 */
final class SentResources {
    /** The version of what is not there. Nobody can refuse that. */
    static final String ABSENT = "";

    private static final int MOST_SAID = 256;
    private static final Sent GONE = new Sent(ABSENT, "", Answer.ACCEPTED, ABSENT);

    /** In place of what was said to a name to which nothing was said yet. */
    private static final Sent NOTHING = new Sent(ABSENT, "", Answer.NONE_YET, ABSENT);

    private final WireType type;
    private final Subscription subscription;
    private final boolean saysAbsent;
    private final Map<String, Sent> exceptions = new TreeMap<>();
    private final Map<String, Set<String>> open = new TreeMap<>();
    private final SequencedMap<String, Map<String, String>> said = new LinkedHashMap<>();
    private Content content = Content.EMPTY;
    private Lease lease = Lease.ENDLESS;
    private Set<String> touched = new HashSet<>();
    private int refused;

    /**
     * What was said to one name.
     *
     * @param held the version that the client last accepted, and has while it refuses a newer one; {@link #ABSENT} for none
     */
    record Sent(String version, String nonce, Answer answer, String held) {
        static Sent accepted(String version) {
            return new Sent(version, "", Answer.ACCEPTED, version);
        }

        boolean isAnswered() {
            return answer != Answer.NONE_YET;
        }

        boolean mustBeSentAgain() {
            return answer == Answer.ASKED_AGAIN;
        }
    }

    /** What the client said. */
    enum Answer {
        NONE_YET,
        ACCEPTED,
        REFUSED,
        /** It is to have it once more, though it has it. */
        ASKED_AGAIN
    }

    /** @param saysAbsent whether a client is told of what it asks for by name and what is not there */
    SentResources(WireType type, Subscription subscription, boolean saysAbsent) {
        this.type = type;
        this.subscription = subscription;
        this.saysAbsent = saysAbsent;
    }

    Optional<Sent> find(String name) {
        return Optional.ofNullable(known(name));
    }

    private @Nullable Sent known(String name) {
        Sent exception = exceptions.get(name);
        if (exception != null) {
            return exception.equals(NOTHING) ? null : exception;
        }
        return usual(name);
    }

    private @Nullable Sent usual(String name) {
        if (!subscription.covers(name)) {
            return null;
        }
        EnvoyResource resource = content.resources().get(name);
        if (resource != null) {
            return Sent.accepted(Offer.version(resource, type, lease));
        }
        return saysAbsent && subscription.names(name) ? GONE : null;
    }

    /** The client is to be led to that; what it was sent stays as it was. */
    void leadTo(Content newContent, Lease newLease) {
        boolean sameLimits = lease.coversAs(newLease);
        if (content == newContent && sameLimits) {
            return;
        }
        Content before = content;
        Lease leaseBefore = lease;
        for (String name : changed(newContent, sameLimits)) {
            if (subscription.covers(name)) {
                content = before;
                lease = leaseBefore;
                Sent known = known(name);
                content = newContent;
                lease = newLease;
                put(name, known);
            }
        }
        content = newContent;
        lease = newLease;
    }

    private Collection<String> changed(Content newContent, boolean sameLimits) {
        if (!sameLimits) {
            Set<String> all = new HashSet<>(newContent.names());
            all.addAll(content.names());
            return all;
        }
        Collection<String> changed = newContent.changedSince(content);
        return !subscription.isWildcard() && subscription.size() < changed.size()
                ? subscription.copyOfNames()
                : changed;
    }

    /** The names of which something is different since this was asked last. */
    Collection<String> takeTouched() {
        Set<String> taken = touched;
        touched = new HashSet<>();
        return taken;
    }

    /** All that is not as usual is to be looked at again. */
    void touchAll() {
        touched.addAll(exceptions.keySet());
    }

    /** The client asks for it; whether it did not before. */
    boolean subscribe(String name) {
        if (name.equals(Subscription.EVERYTHING)) {
            return subscribeToAll();
        }
        boolean isNew = !subscription.names(name);
        Sent known = known(name);
        subscription.subscribe(name);
        put(name, known);
        return isNew;
    }

    private boolean subscribeToAll() {
        if (subscription.isWildcard()) {
            return false;
        }
        List<String> unasked = content.names().stream()
                .filter(name -> !subscription.names(name))
                .toList();
        subscription.subscribe(Subscription.EVERYTHING);
        unasked.forEach(name -> put(name, null));
        return true;
    }

    /** It no longer asks for it; whether it had. What it does not ask for otherwise is forgotten. */
    boolean unsubscribe(String name) {
        Sent known = known(name);
        if (!subscription.unsubscribe(name)) {
            return false;
        }
        if (name.equals(Subscription.EVERYTHING)) {
            forgetUnasked();
        } else {
            put(name, subscription.isWildcard() ? known : null);
        }
        return true;
    }

    private void forgetUnasked() {
        List.copyOf(exceptions.keySet()).stream()
                .filter(name -> !subscription.covers(name) && !name.equals(Subscription.EVERYTHING))
                .forEach(this::forget);
    }

    /** It asks for these and for nothing else. */
    void subscribeOnlyTo(Collection<String> names) {
        subscription.checkSize(names.size());
        boolean everything = names.contains(Subscription.EVERYTHING);
        if (everything == subscription.isWildcard() && !everything && subscription.isExactly(names)) {
            return;
        }
        Set<String> wanted = new HashSet<>(names);
        wanted.forEach(this::subscribe);
        subscription.copyOfNames().stream()
                .filter(name -> !wanted.contains(name))
                .forEach(this::unsubscribe);
        if (!everything) {
            unsubscribe(Subscription.EVERYTHING);
        }
    }

    /** The client says that it has it from before. */
    void assume(String name, String version) {
        put(name, Sent.accepted(version));
    }

    /** It refused it on an earlier stream. */
    void assumeRefused(String name, String version) {
        put(name, new Sent(version, "", Answer.REFUSED, held(name)));
    }

    void sent(String nonce, Map<String, String> versions) {
        versions.forEach((name, version) -> put(name, new Sent(version, nonce, Answer.NONE_YET, held(name))));
        open.put(nonce, new HashSet<>(versions.keySet()));
        if (versions.size() == 1) {
            said.putLast(nonce, Map.copyOf(versions));
        }
        if (said.size() > MOST_SAID) {
            said.pollFirstEntry();
        }
    }

    /** What a response was about that held one thing, also where a newer one has taken its place; once. */
    Map<String, String> takeSaid(String nonce) {
        Map<String, String> about = said.remove(nonce);
        return about == null ? Map.of() : about;
    }

    /** The names that a response was about; empty where it is unknown, answered already, or out of date. */
    Collection<String> answered(String nonce, boolean accepted) {
        Set<String> names = open.remove(nonce);
        if (names == null) {
            return List.of();
        }
        Answer answer = accepted ? Answer.ACCEPTED : answerToRefusedWith(names.size());
        for (String name : names) {
            find(name)
                    .ifPresent(sent ->
                            put(name, answered(sent, sent.version().equals(ABSENT) ? Answer.ACCEPTED : answer)));
        }
        return names;
    }

    private static Sent answered(Sent sent, Answer answer) {
        String held = answer == Answer.ACCEPTED ? sent.version() : sent.held();
        return new Sent(sent.version(), "", answer, held);
    }

    private String held(String name) {
        return find(name).map(Sent::held).orElse(ABSENT);
    }

    /** What the client surely has, by name, in the version in which it has it. */
    SortedMap<String, String> held(Predicate<String> wanted) {
        SortedMap<String, String> held = new TreeMap<>();
        for (String name : names()) {
            Sent sent = known(name);
            if (sent != null && sent.isAnswered() && !sent.mustBeSentAgain() && wanted.test(name)) {
                held.put(name, sent.held());
            }
        }
        held.values().removeIf(ABSENT::equals);
        return held;
    }

    private Set<String> names() {
        Set<String> names = new HashSet<>(exceptions.keySet());
        subscription.forEachName(names::add);
        if (subscription.isWildcard()) {
            names.addAll(content.names());
        }
        return names;
    }

    /** The client no longer has it; it is sent once more, unless it was refused as it is. */
    void lost(String name) {
        find(name).filter(Sent::isAnswered).ifPresent(sent -> {
            Answer answer = sent.answer() == Answer.REFUSED ? Answer.REFUSED : Answer.ASKED_AGAIN;
            put(name, new Sent(sent.version(), "", answer, ABSENT));
        });
    }

    /** Of several refused together each is sent alone once, to find the guilty. */
    private static Answer answerToRefusedWith(int names) {
        return names > 1 ? Answer.ASKED_AGAIN : Answer.REFUSED;
    }

    /** To be sent once more, unless it was refused as it is. */
    void sendAgain(String name) {
        find(name)
                .filter(sent -> sent.answer() != Answer.REFUSED)
                .ifPresent(sent -> put(name, new Sent(sent.version(), "", Answer.ASKED_AGAIN, sent.held())));
    }

    /** To be sent once more though it was refused as it is, as that may have passed. */
    void tryAgain(String name) {
        find(name)
                .filter(sent -> sent.answer() == Answer.REFUSED)
                .ifPresent(sent -> put(name, new Sent(sent.version(), "", Answer.ASKED_AGAIN, sent.held())));
    }

    /** What was refused as it is: version by name. */
    SortedMap<String, String> refused() {
        SortedMap<String, String> found = new TreeMap<>();
        if (refused > 0) {
            exceptions.forEach((name, sent) -> {
                if (sent.answer() == Answer.REFUSED) {
                    found.put(name, sent.version());
                }
            });
        }
        return found;
    }

    void forget(String name) {
        put(name, null);
    }

    boolean isAnswered() {
        return open.isEmpty();
    }

    boolean isAccepted() {
        return open.isEmpty() && refused == 0;
    }

    /** How much is not as usual, and so takes memory. */
    int exceptions() {
        return exceptions.size();
    }

    private void put(String name, @Nullable Sent sent) {
        touched.add(name);
        Sent usual = usual(name);
        boolean isUsual = sent == null ? usual == null : sent.equals(usual);
        Sent before = isUsual ? exceptions.remove(name) : exceptions.put(name, sent == null ? NOTHING : sent);
        if (Objects.equals(before, sent)) {
            return;
        }
        if (before != null) {
            close(name, before);
        }
        refused += sent != null && sent.answer() == Answer.REFUSED ? 1 : 0;
    }

    private void close(String name, Sent before) {
        refused -= before.answer() == Answer.REFUSED ? 1 : 0;
        Set<String> others = open.get(before.nonce());
        if (others != null && others.remove(name) && others.isEmpty()) {
            open.remove(before.nonce());
        }
    }
}
